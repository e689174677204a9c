#include "commands/language/top_level_domains.h"

#include <algorithm>
#include <array>

namespace osrbot::language {
namespace {

// Sorted; ISO 3166 codes and the few beside them that are delegated.
constexpr auto kCountries = std::to_array<std::string_view>({
    "ac", "ad", "ae", "af", "ag", "ai", "al", "am", "an", "ao", "aq", "ar", "as", "at", "au", "aw", "ax", "az", "ba",
    "bb", "bd", "be", "bf", "bg", "bh", "bi", "bj", "bl", "bm", "bn", "bo", "bq", "br", "bs", "bt", "bv", "bw", "by",
    "bz", "ca", "cc", "cd", "cf", "cg", "ch", "ci", "ck", "cl", "cm", "cn", "co", "cr", "cu", "cv", "cw", "cx", "cy",
    "cz", "de", "dj", "dk", "dm", "do", "dz", "ec", "ee", "eg", "eh", "er", "es", "et", "eu", "fi", "fj", "fk", "fm",
    "fo", "fr", "ga", "gb", "gd", "ge", "gf", "gg", "gh", "gi", "gl", "gm", "gn", "gp", "gq", "gr", "gs", "gt", "gu",
    "gw", "gy", "hk", "hm", "hn", "hr", "ht", "hu", "id", "ie", "il", "im", "in", "io", "iq", "ir", "is", "it", "je",
    "jm", "jo", "jp", "ke", "kg", "kh", "ki", "km", "kn", "kp", "kr", "kw", "ky", "kz", "la", "lb", "lc", "li", "lk",
    "lr", "ls", "lt", "lu", "lv", "ly", "ma", "mc", "md", "me", "mf", "mg", "mh", "mk", "ml", "mm", "mn", "mo", "mp",
    "mq", "mr", "ms", "mt", "mu", "mv", "mw", "mx", "my", "mz", "na", "nc", "ne", "nf", "ng", "ni", "nl", "no", "np",
    "nr", "nu", "nz", "om", "pa", "pe", "pf", "pg", "ph", "pk", "pl", "pm", "pn", "pr", "ps", "pt", "pw", "py", "qa",
    "re", "ro", "rs", "ru", "rw", "sa", "sb", "sc", "sd", "se", "sg", "sh", "si", "sj", "sk", "sl", "sm", "sn", "so",
    "sr", "ss", "st", "su", "sv", "sx", "sy", "sz", "tc", "td", "tf", "tg", "th", "tj", "tk", "tl", "tm", "tn", "to",
    "tp", "tr", "tt", "tv", "tw", "tz", "ua", "ug", "uk", "um", "us", "uy", "uz", "va", "vc", "ve", "vg", "vi", "vn",
    "vu", "wf", "ws", "ye", "yt", "za", "zm", "zw",
});

// Sorted; the generic domains that are open to the public, without those of single companies.
constexpr auto kGeneric = std::to_array<std::string_view>({
    "abogado",       "academy",     "accountant",   "accountants", "actor",      "ads",        "adult",
    "aero",          "africa",      "agency",       "airforce",    "amsterdam",  "analytics",  "apartments",
    "app",           "archi",       "army",         "arpa",        "art",        "arte",       "asia",
    "associates",    "attorney",    "auction",      "audio",       "author",     "auto",       "autos",
    "baby",          "band",        "bank",         "bar",         "barcelona",  "bargains",   "bayern",
    "beauty",        "beer",        "berlin",       "best",        "bible",      "bid",        "bike",
    "bingo",         "bio",         "biz",          "black",       "blog",       "blue",       "bond",
    "boo",           "book",        "boston",       "bot",         "boutique",   "broker",     "brussels",
    "budapest",      "build",       "builders",     "business",    "buzz",       "bzh",        "cab",
    "cafe",          "call",        "cam",          "camera",      "camp",       "capetown",   "capital",
    "car",           "cards",       "care",         "career",      "careers",    "cars",       "casa",
    "cash",          "casino",      "cat",          "catering",    "catholic",   "center",     "ceo",
    "cern",          "cfd",         "channel",      "charity",     "chat",       "cheap",      "christmas",
    "church",        "city",        "claims",       "cleaning",    "click",      "clinic",     "clothing",
    "cloud",         "club",        "coach",        "codes",       "coffee",     "college",    "cologne",
    "com",           "community",   "company",      "compare",     "computer",   "condos",     "construction",
    "consulting",    "contact",     "contractors",  "cooking",     "cool",       "coop",       "corsica",
    "country",       "coupon",      "coupons",      "courses",     "credit",     "creditcard", "cricket",
    "cruise",        "cruises",     "cymru",        "cyou",        "dad",        "dance",      "data",
    "date",          "dating",      "day",          "dealer",      "deals",      "degree",     "delivery",
    "democrat",      "dental",      "dentist",      "desi",        "design",     "dev",        "diamonds",
    "diet",          "digital",     "direct",       "directory",   "discount",   "dish",       "diy",
    "docs",          "doctor",      "dog",          "domains",     "dot",        "download",   "dubai",
    "durban",        "earth",       "eat",          "eco",         "edu",        "education",  "email",
    "energy",        "engineer",    "engineering",  "enterprises", "equipment",  "esq",        "estate",
    "eurovision",    "eus",         "events",       "exchange",    "expert",     "exposed",    "express",
    "fail",          "faith",       "family",       "fan",         "fans",       "farm",       "fashion",
    "feedback",      "film",        "finance",      "financial",   "fish",       "fishing",    "fit",
    "fitness",       "flights",     "florist",      "flowers",     "fly",        "foo",        "food",
    "football",      "forex",       "forsale",      "forum",       "foundation", "frl",        "fun",
    "fund",          "furniture",   "futbol",       "fyi",         "gal",        "gallery",    "game",
    "games",         "garden",      "ggee",         "gift",        "gifts",      "gives",      "giving",
    "glass",         "gle",         "global",       "gold",        "golf",       "goog",       "google",
    "gop",           "gov",         "graphics",     "gratis",      "green",      "gripe",      "grocery",
    "group",         "guide",       "guitars",      "guru",        "hair",       "hamburg",    "hangout",
    "haus",          "health",      "healthcare",   "help",        "helsinki",   "here",       "hiphop",
    "hiv",           "hockey",      "holdings",     "holiday",     "homes",      "horse",      "hospital",
    "host",          "hosting",     "hotel",        "hotels",      "house",      "how",        "ice",
    "icu",           "ieee",        "ikano",        "immo",        "immobilien", "inc",        "industries",
    "info",          "ing",         "ink",          "institute",   "insurance",  "insure",     "int",
    "international", "investments", "irish",        "ist",         "istanbul",   "java",       "jetzt",
    "jewelry",       "jobs",        "joburg",       "joy",         "juegos",     "kaufen",     "kids",
    "kim",           "kitchen",     "kiwi",         "koeln",       "kosher",     "krd",        "kred",
    "kyoto",         "lacaixa",     "land",         "lat",         "latino",     "law",        "lawyer",
    "lease",         "legal",       "lgbt",         "life",        "lifestyle",  "lighting",   "like",
    "limited",       "limo",        "link",         "live",        "living",     "llc",        "loan",
    "loans",         "locker",      "loft",         "lol",         "london",     "lotto",      "love",
    "ltd",           "ltda",        "luxe",         "luxury",      "madrid",     "maison",     "makeup",
    "man",           "management",  "mango",        "map",         "market",     "marketing",  "markets",
    "mba",           "med",         "media",        "meet",        "melbourne",  "meme",       "memorial",
    "men",           "menu",        "miami",        "microsoft",   "mil",        "mini",       "mint",
    "mobi",          "mobile",      "moda",         "moe",         "mom",        "money",      "monster",
    "mortgage",      "moscow",      "motorcycles",  "mov",         "movie",      "museum",     "mutual",
    "nagoya",        "name",        "navy",         "net",         "network",    "new",        "news",
    "ngo",           "ninja",       "now",          "nrw",         "nyc",        "observer",   "office",
    "okinawa",       "omega",       "one",          "ong",         "onion",      "onl",        "online",
    "ooo",           "open",        "orange",       "org",         "organic",    "osaka",      "page",
    "paris",         "partners",    "parts",        "party",       "pay",        "pet",        "pharmacy",
    "phd",           "phone",       "photo",        "photography", "photos",     "physio",     "pics",
    "pictures",      "pin",         "pink",         "pizza",       "place",      "play",       "plumbing",
    "plus",          "poker",       "porn",         "post",        "press",      "prime",      "pro",
    "prod",          "productions", "prof",         "promo",       "properties", "property",   "protection",
    "pub",           "qpon",        "quebec",       "quest",       "racing",     "radio",      "read",
    "realestate",    "realtor",     "realty",       "recipes",     "red",        "rehab",      "reise",
    "reisen",        "reit",        "ren",          "rent",        "rentals",    "repair",     "report",
    "republican",    "rest",        "restaurant",   "review",      "reviews",    "rich",       "rio",
    "rip",           "rocks",       "rodeo",        "room",        "rsvp",       "rugby",      "ruhr",
    "run",           "ryukyu",      "saarland",     "safe",        "safety",     "sale",       "salon",
    "sarl",          "save",        "scholarships", "school",      "schule",     "science",    "scot",
    "search",        "seat",        "secure",       "security",    "seek",       "select",     "services",
    "seven",         "sex",         "sexy",         "shia",        "shoes",      "shop",       "shopping",
    "show",          "silk",        "singles",      "site",        "ski",        "skin",       "sky",
    "smart",         "smile",       "soccer",       "social",      "software",   "solar",      "solutions",
    "song",          "soy",         "space",        "spot",        "srl",        "star",       "stockholm",
    "storage",       "store",       "stream",       "studio",      "study",      "style",      "sucks",
    "supplies",      "supply",      "support",      "surf",        "surgery",    "swiss",      "sydney",
    "systems",       "tab",         "taipei",       "talk",        "tatar",      "tattoo",     "tax",
    "taxi",          "team",        "tech",         "technology",  "tel",        "tennis",     "theater",
    "theatre",       "tickets",     "tienda",       "tips",        "tmall",      "today",      "tokyo",
    "tools",         "top",         "total",        "tours",       "town",       "toys",       "trade",
    "trading",       "training",    "travel",       "trust",       "tube",       "tunes",      "tushu",
    "university",    "uno",         "vacations",    "vana",        "vegas",      "ventures",   "versicherung",
    "vet",           "viajes",      "video",        "villas",      "vin",        "vip",        "visa",
    "vision",        "viva",        "vlaanderen",   "vodka",       "vote",       "voting",     "voto",
    "voyage",        "vuelos",      "wales",        "walter",      "wang",       "watch",      "watches",
    "weather",       "webcam",      "website",      "wed",         "wedding",    "weir",       "whoswho",
    "wien",          "wiki",        "win",          "windows",     "wine",       "winners",    "wme",
    "work",          "works",       "world",        "wow",         "wtf",        "xin",        "xxx",
    "xyz",           "yachts",      "yahoo",        "yoga",        "yokohama",   "you",        "youtube",
    "yun",           "zip",         "zone",
});

static_assert(std::is_sorted(kCountries.begin(), kCountries.end()));
static_assert(std::is_sorted(kGeneric.begin(), kGeneric.end()));

}  // namespace

bool is_country_domain(std::string_view label) {
  return std::binary_search(kCountries.begin(), kCountries.end(), label);
}

bool is_generic_domain(std::string_view label) {
  return std::binary_search(kGeneric.begin(), kGeneric.end(), label) || (label.starts_with("xn--") && label.size() > 4);
}

}  // namespace osrbot::language
