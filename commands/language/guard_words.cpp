#include "commands/language/guard_words.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <unordered_map>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

struct Cues {
  std::uint32_t cues;
  std::initializer_list<std::string_view> phrases;
};

// clang-format off
const Cues kPhrases[] = {
    {kNhsNumber, {"nhs number", "n h s number", "n h s no", "n h s num", "nhs no", "nhs num", "nhs nr", "nhs id",
     "nhs identifier", "nhsno", "nhsnumber", "new nhs number", "chi number", "numéro nhs", "número nhs",
     "número de nhs", "nhs nummer", "رقم nhs", "nhs नंबर", "nhs संख्या"}},
    {kNhs, {"nhs", "n h s"}},
    {kRecord, {"mrn", "m r n", "medical record number", "medical record no", "medical record nr", "medical record",
     "medical rec no", "medical rec", "med rec no", "med record no", "hospital number", "hospital no", "hospital nr",
     "hospital num", "hospital id", "hosp no", "hosp number", "hosp num", "hospital record number", "patient id",
     "patient ids", "patient number", "patient no", "patient nr", "patient identifier",
     "patient identification number", "patient record", "patient file", "patient file number", "pt id", "pt no",
     "unit number", "chart number", "chart no", "file number", "file no", "case file number", "case sheet number",
     "case number", "record number", "record no", "admission number", "admission no", "registration number",
     "accession number", "accession no", "uhid", "mr number", "mr no", "opd number", "opd no", "ipd number", "ipd no",
     "cr number", "cr no", "empi", "district number",
     // French
     "numéro de dossier", "n de dossier", "no de dossier", "num dossier", "no dossier", "n dossier",
     "dossier médical", "dossier patient", "dossier no", "dossier n", "dossier numéro", "numéro patient",
     "numéro de patient", "numéro du patient", "identifiant patient", "identifiant du patient", "id patient", "ipp",
     "iep", "nip", "numéro hospitalier", "numéro d hospitalisation", "numéro d admission", "numéro de séjour",
     // Spanish
     "historia clínica", "número de historia", "número de historia clínica", "no de historia", "no historia",
     "n historia", "nhc", "hc no", "número de expediente", "no de expediente", "expediente clínico",
     "expediente médico", "expediente no", "número de paciente", "número del paciente", "id del paciente",
     "id de paciente", "id paciente", "número de hospital", "número de registro", "número de ficha", "ficha clínica",
     "número de ingreso", "número de archivo", "registro médico",
     // Portuguese
     "prontuário", "número do prontuário", "número de prontuário", "registro hospitalar", "registo hospitalar",
     "número do paciente", "id do paciente", "número do doente", "número do hospital", "número de processo clínico",
     "processo clínico", "número de utente", "número do utente", "número do registro", "número do processo",
     "número de registo", "número do arquivo", "ficha do paciente",
     // Danish
     "journalnummer", "journalnr", "journal nr", "journal nummer", "patientnummer", "patientnr", "patient nummer",
     "patientid", "patient-id", "hospitalsnummer", "hospitalsnr", "sagsnummer", "indlæggelsesnummer",
     "patientens nummer",
     // Arabic
     "رقم الملف", "رقم ملف", "ملف رقم", "الملف رقم", "رقم الملف الطبي", "الملف الطبي", "رقم المريض", "رقم المريضة",
     "الرقم الطبي", "رقم السجل", "رقم السجل الطبي", "السجل الطبي", "رقم المستشفى", "رقم الدخول", "رقم القيد",
     "معرف المريض", "هوية المريض", "رقم ملف المريض", "رقم مريض",
     // Hindi
     "मरीज संख्या", "मरीज की संख्या", "मरीज का नंबर", "मरीज नंबर", "मरीज आईडी", "मरीज की आईडी", "मरीज आई डी", "रोगी संख्या",
     "रोगी आईडी", "रोगी नंबर", "रोगी की आईडी", "रोगी क्रमांक", "अस्पताल नंबर", "अस्पताल संख्या", "अस्पताल का नंबर",
     "अस्पताल क्रमांक", "फाइल नंबर", "फाइल संख्या", "फ़ाइल नंबर", "केस नंबर", "केस संख्या", "पंजीकरण संख्या", "पंजीकरण नंबर", "यूएचआईडी",
     "एमआरएन", "पेशेंट आईडी", "पेशेंट नंबर", "ओपीडी नंबर", "रिकॉर्ड नंबर", "मेडिकल रिकॉर्ड नंबर", "mareez number",
     "mareez ka number", "mareez id", "mareez ki id", "mariz number", "mariz ka number", "mariz id", "rogi id",
     "rogi number", "rogi sankhya", "aspatal number", "aspatal ka number", "hospital ka number", "patient ka number",
     "patient ki id", "patient ka id", "file ka number"}},
    {kBirth, {"dob", "d o b", "date of birth", "birth date", "birthdate", "birthday", "date de naissance", "ddn",
     "d d n", "fecha de nacimiento", "fecha nacimiento", "f nac", "fec nac", "data de nascimento", "data nascimento",
     "d n", "fødselsdato", "fødselsdag", "fødselsdagen", "تاريخ الميلاد", "تاريخ ميلاد", "تاريخ ميلاده",
     "تاريخ ميلادها", "تاريخ الولادة", "تاريخ ولادته", "تاريخ ولادتها", "जन्म तिथि", "जन्मतिथि", "जन्म तारीख", "जन्मदिन",
     "जन्म दिनांक", "जन्म की तारीख", "जन्म की तिथि", "डीओबी", "janm tithi", "janam tithi", "janm tareekh",
     "janam tareekh", "janm tarikh", "janam tarikh", "janm din", "janamdin"}},
    {kBorn, {"born on", "geb", "geboren", "geboren am", "born", "née", "né", "née le", "né le", "né e le",
     "naissance", "nacido", "nacida", "nacido el", "nacida el", "nació", "nació el", "nacimiento", "nascido",
     "nascida", "nascido em", "nascida em", "nascimento", "nasceu", "nasceu em", "nasceu no dia", "født", "født den",
     "født d", "f d", "fødsel", "مواليد", "من مواليد", "ولد", "ولدت", "ولد في", "ولدت في", "ولد بتاريخ",
     "ولدت بتاريخ", "المولود", "المولودة", "المولود في", "المولودة في", "जन्म", "का जन्म", "पैदा", "पैदा हुआ", "पैदा हुई",
     "जन्मे", "janm", "janam", "paida", "paida hua", "paida hui"}},
    {kCpr, {"cpr", "cprnr", "cprnummer", "cpr nr", "cpr nummer", "cpr no", "cpr number", "personnummer", "personnr",
     "personnummeret", "cprnummeret"}},
    {kNationalId, {"ssn", "social security number", "social security no", "social security", "national id",
     "national id number", "national identity number", "national insurance number", "identity number",
     "id card number", "passport number", "passport no", "medicare number", "health card number",
     "health insurance number", "aadhaar", "aadhar", "aadhaar number", "aadhar number", "abha", "abha id", "pan card",
     "sécurité sociale", "numéro de sécurité sociale", "numéro de sécu", "no de sécurité sociale", "numéro d assuré",
     "nir", "carte vitale", "numéro ins", "numéro national", "registre national", "carte d identité",
     "numéro de passeport", "dni", "nie", "nif", "curp", "cédula", "cédula de identidad",
     "número de seguridad social", "seguridad social", "número de afiliación", "tarjeta sanitaria",
     "número de pasaporte", "rut", "cpf", "cartão de cidadão", "cartão sus", "cartão nacional de saúde", "cns", "sns",
     "número sns", "segurança social", "número de segurança social", "bilhete de identidade", "rg",
     "número de passaporte", "sygesikringsnummer", "sygesikringsnr", "pasnummer", "الرقم القومي", "الرقم الوطني",
     "رقم الهوية", "رقم الهوية الوطنية", "رقم البطاقة", "رقم الإقامة", "رقم الجواز", "رقم جواز السفر",
     "رقم الضمان الاجتماعي", "رقم التأمين", "आधार", "आधार नंबर", "आधार संख्या", "आधार कार्ड", "पहचान संख्या", "पासपोर्ट नंबर",
     "aadhaar card", "aadhar card"}},
    {kPhone, {"phone", "phone number", "phone no", "tel", "telephone", "telephone number", "mobile", "mobile number",
     "mob", "cell", "whatsapp", "call me on", "call me at", "call", "ring", "text me on", "ph", "contact number",
     "contact no", "téléphone", "numéro de téléphone", "tél", "portable", "appelez", "teléfono", "número de teléfono",
     "móvil", "celular", "llamar al", "telefone", "telemóvel", "ligue", "ligue para", "telefon", "telefonnummer",
     "tlf", "tlf nr", "mobil", "mobilnummer", "ring til", "هاتف", "الهاتف", "رقم الهاتف", "جوال", "الجوال",
     "رقم الجوال", "تلفون", "تليفون", "واتساب", "موبايل", "فون", "फोन", "फोन नंबर", "मोबाइल", "मोबाइल नंबर", "व्हाट्सएप",
     "व्हाट्सऐप", "दूरभाष", "phone karo", "phone karein"}},
    {kPatient, {"patient", "patients name", "pt", "patiente", "paciente", "doente", "utente", "patienten",
     "patientens", "المريض", "المريضة", "مريض", "مريضة", "مريضي", "مريضتي", "مريضنا", "مريضتنا", "للمريض", "للمريضة",
     "मरीज", "मरीज़", "रोगी", "पेशेंट", "mareez", "mariz", "marij", "rogi"}},
    {kPatientName, {"patient name", "patients name", "patient s name", "name of patient", "name of the patient",
     "name of my patient", "name of our patient", "pt name", "patient full name", "patient initials and name",
     "nom du patient", "nom de la patiente", "nom patient", "nom et prénom du patient", "prénom du patient",
     "prénom de la patiente", "nombre del paciente", "nombre de la paciente", "nombre paciente", "nome do paciente",
     "nome da paciente", "nome paciente", "nome do doente", "nome da doente", "nome do utente", "nome da utente",
     "patientens navn", "patientnavn", "patientens fulde navn", "navn på patienten", "navn på patient", "اسم المريض",
     "اسم المريضة", "إسم المريض", "إسم المريضة", "اسم المريض الكامل", "اسم مريضي", "اسم مريضتي", "मरीज का नाम",
     "मरीज नाम", "मरीज का पूरा नाम", "रोगी का नाम", "रोगी का पूरा नाम", "पेशेंट का नाम", "mareez ka naam", "mariz ka naam",
     "marij ka naam", "rogi ka naam", "patient ka naam", "patient ka nam", "mareez ka nam"}},
    {kNamed, {"named", "name", "full name", "nom", "nom complet", "nombre", "nombre completo", "nome",
     "nome completo", "navn", "fulde navn", "الاسم", "الإسم", "called", "name is", "whose name is", "by the name of",
     "nommé", "nommée", "appelé", "appelée", "s appelle", "prénommé", "prénommée", "qui s appelle", "llamado",
     "llamada", "se llama", "que se llama", "de nombre", "chamado", "chamada", "se chama", "que se chama", "de nome",
     "ved navn", "hedder", "der hedder", "som hedder", "navngivet", "kaldet", "اسمه", "اسمها", "إسمه", "إسمها",
     "يدعى", "تدعى", "المدعو", "المدعوة", "يسمى", "تسمى", "नाम", "नाम है", "जिसका नाम", "जिनका नाम", "नामक", "नाम का",
     "नाम की", "naam", "naam hai", "jiska naam", "jinka naam", "naam ka", "naam ki"}},
    {kTitle, {"m", "mr", "mrs", "ms", "miss", "mister", "master", "mme", "mlle", "madame", "monsieur", "sr", "sra",
     "srta", "señor", "señora", "señorita", "don", "doña", "senhor", "senhora", "dona", "hr", "fru", "frøken", "herr",
     "السيد", "السيدة", "الآنسة", "الأستاذ", "الحاج", "الحاجة", "الطفل", "الطفلة", "श्री", "श्रीमती", "कुमारी", "सुश्री",
     "shri", "shrimati", "smt", "kumari"}},
    {kGivenName, {"john", "james", "david", "michael", "robert", "william", "peter", "paul", "thomas", "george",
     "mary", "sarah", "elizabeth", "emma", "anna", "susan", "margaret", "linda", "jane", "jean", "pierre", "michel",
     "jacques", "philippe", "françois", "marie", "sophie", "nathalie", "isabelle", "catherine", "juan", "josé",
     "jose", "luis", "carlos", "pedro", "miguel", "antonio", "jorge", "manuel", "maría", "maria", "carmen", "ana",
     "lucía", "sofía", "joão", "paulo", "ricardo", "fernanda", "jens", "lars", "søren", "anders", "mette", "kirsten",
     "hanne", "mohammed", "muhammad", "mohamed", "ahmed", "ahmad", "ali", "hassan", "hussein", "omar", "ibrahim",
     "yusuf", "fatima", "fatma", "aisha", "khadija", "zainab", "ramesh", "suresh", "rajesh", "mahesh", "sunil",
     "anil", "sanjay", "vijay", "ravi", "amit", "rahul", "rakesh", "mukesh", "sita", "gita", "geeta", "sunita",
     "anita", "priya", "pooja", "lakshmi", "kamla", "أحمد", "محمد", "محمود", "علي", "حسن", "حسين", "عمر", "إبراهيم",
     "خالد", "يوسف", "مصطفى", "عبدالله", "عبد", "عبدالرحمن", "سعيد", "صالح", "سالم", "ياسر", "طارق", "كريم", "وليد",
     "فاطمة", "عائشة", "خديجة", "زينب", "مريم", "سارة", "نور", "هدى", "ليلى", "سلمى", "منى", "رشا", "أمينة", "سعاد",
     "हसन", "राम", "रमेश", "सुरेश", "राजेश", "महेश", "सुनील", "अनिल", "संजय", "विजय", "रवि", "अमित", "राहुल", "राकेश", "मुकेश",
     "मोहन", "सोहन", "श्याम", "गोपाल", "सीता", "गीता", "सुनीता", "अनीता", "प्रिया", "पूजा", "लक्ष्मी", "कमला", "राधा",
     "मीना", "रीना", "मोहम्मद", "अहमद", "अली", "फातिमा", "आयशा", "कुमार", "सिंह", "शर्मा", "वर्मा", "गुप्ता", "देवी", "यादव",
     "खान"}},
    {kNoName, {"and", "public", "involvement", "engagement", "safety", "reported", "recruitment", "centered",
     "centred", "information", "advocate", "advocates", "advocacy", "representative", "representatives", "partner",
     "partners", "portal", "registry", "data", "database", "education", "experience", "flow", "care", "group",
     "groups", "advisory", "panel", "journey", "blood", "management", "quality", "improvement", "reporting",
     "centric", "acceptability", "adherence", "allocation", "access", "advice", "liaison", "service", "services",
     "association", "alliance", "forum", "network", "organisation", "organization", "consent", "identifier", "number",
     "rights", "charter", "voice", "voices", "stories", "outcome", "outcomes", "level", "health", "global",
     "impression", "activation", "measure", "measures", "measurement", "demographics", "characteristics", "selection",
     "cohort", "enrolment", "enrollment", "records", "record", "satisfaction", "survey", "questionnaire", "expert",
     "experts", "leaflet", "materials", "organisations", "organizations", "support", "preference", "preferences",
     "perspectives", "perspective", "participation", "lead", "coordinator", "navigator", "research", "researcher",
     "researchers", "summary", "days", "follow", "monitoring", "positioning", "handover", "transport", "transfer",
     "identification", "privacy", "trust", "confidentiality", "specific", "derived", "facing", "led", "empowerment",
     "communication", "generated", "simulator", "simulation", "volume", "population", "burden", "pathway", "pathways",
     "screening", "stratification", "council", "foundation", "family", "families", "caregiver", "carer", "carers",
     "redcap", "python", "excel", "facebook", "twitter", "slack", "telegram", "whatsapp", "zoom", "dans", "en", "de",
     "med", "til", "project", "team", "study", "trial", "audit", "review", "university", "hospital", "department"}},
    {kClinical, {"admitted", "readmitted", "admission", "underwent", "operated", "operation", "surgery", "procedure",
     "discharged", "diagnosed", "died", "death", "presented", "transfused", "intubated", "anastomosis", "resection",
     "biopsy", "transferred to icu", "collapsed", "bled", "opéré", "opérée", "opération", "hospitalisé",
     "hospitalisée", "admis", "admise", "décédé", "décédée", "diagnostiqué", "diagnostiquée", "chirurgie", "sortie",
     "operado", "operada", "operación", "cirugía", "ingresado", "ingresada", "ingresó", "falleció", "diagnosticado",
     "diagnosticada", "dado de alta", "dada de alta", "cirurgia", "operação", "internado", "internada", "faleceu",
     "admitido", "admitida", "teve alta", "opereret", "operation", "indlagt", "udskrevet", "døde", "diagnosticeret",
     "genindlagt", "أدخل", "أدخلت", "أجريت", "أجرى", "خضع", "خضعت", "عملية", "العملية", "جراحة", "توفي", "توفيت",
     "دخل المستشفى", "دخلت المستشفى", "خرج من المستشفى", "شخص", "भर्ती", "ऑपरेशन", "सर्जरी", "मृत्यु", "डिस्चार्ज", "निदान",
     "छुट्टी", "bharti", "operation hua", "discharge hua", "mrityu"}},
    {kAdmitted, {"admitted", "readmitted", "underwent", "discharged", "diagnosed with", "died", "transfused",
     "intubated", "collapsed", "presented with", "presents with", "was operated", "hospitalisé", "hospitalisée",
     "opéré", "opérée", "décédé", "décédée", "admis", "admise", "operado", "operada", "ingresado", "ingresada",
     "ingresó", "falleció", "internado", "internada", "faleceu", "opereret", "indlagt", "udskrevet", "døde",
     "genindlagt", "أدخل", "أدخلت", "خضع", "خضعت", "توفي", "توفيت", "دخل المستشفى", "دخلت المستشفى", "भर्ती",
     "डिस्चार्ज", "bharti"}},
    {kVerb, {"is", "was", "has", "had", "who", "whose", "tiene", "tuvo", "está", "fue", "ha", "que", "a", "est",
     "avait", "était", "qui", "tem", "teve", "foi", "har", "er", "blev", "havde", "som", "hai", "ko", "ka", "ki",
     "ne"}},
    {kMine, {"my", "our", "mi", "nuestro", "nuestra", "notre", "mon", "ma", "minha", "meu", "nosso", "nossa", "min",
     "vores", "mera", "mere", "meri", "hamara", "hamare"}},
    {kAgeBefore, {"aged", "age", "âgé", "âgée", "âge", "edad", "idade", "alder", "alderen", "عمره", "عمرها", "العمر",
     "يبلغ", "تبلغ", "البالغ", "البالغة", "उम्र", "आयु", "umar", "umra", "umr"}},
    {kAgeAfter, {"years old", "year old", "yo", "y o", "yrs old", "yr old", "years of age", "y old", "yr o",
     "ans révolus", "años de edad", "anos de idade", "år gammel", "årig", "årige", "sal ka", "saal ka", "saal ki",
     "saal ke", "वर्षीय", "साल का", "साल की", "साल के", "वर्ष का", "वर्ष की", "वर्ष के"}},
    {kYears, {"years", "year", "yrs", "yr", "ans", "an", "años", "anos", "år", "سنة", "عاما", "عام", "साल", "वर्ष",
     "saal"}},
    {kPerson, {"man", "woman", "male", "female", "lady", "gentleman", "grandmother", "grandfather", "homme", "femme",
     "monsieur", "madame", "dame", "hombre", "mujer", "varón", "señor", "señora", "homem", "mulher", "senhor",
     "senhora", "mand", "kvinde", "kvinden", "manden", "رجل", "امرأة", "سيدة", "مسن", "مسنة", "महिला", "पुरुष", "आदमी",
     "औरत", "बुजुर्ग", "aadmi", "aurat", "mahila", "patient", "patiente", "paciente", "doente", "patienten", "مريض",
     "مريضة", "المريض", "المريضة", "मरीज", "रोगी", "mareez", "mariz", "rogi"}},
    {kPeople, {"patients", "cases", "participants", "adults", "children", "infants", "babies", "people", "women",
     "men", "individuals", "subjects", "persons", "volunteers", "students", "newborns", "neonates", "cohort",
     "adultes", "enfants", "participantes", "pacientes", "casos", "niños", "adultos", "personas", "crianças",
     "pessoas", "doentes", "patienter", "børn", "voksne", "deltagere", "المرضى", "مرضى", "الحالات", "حالات", "أطفال",
     "الأطفال", "मरीजों", "रोगियों", "लोग", "बच्चे", "बच्चों", "all", "between", "entre", "mellem", "بين"}},
    {kCounted, {"rows", "records", "images", "scans", "samples", "reads", "cells", "entries", "lines", "points",
     "bytes", "files", "papers", "articles", "abstracts", "observations", "events", "variants", "parameters",
     "tokens", "pixels", "sequences", "measurements", "visits", "admissions", "hospitals", "sites", "centres",
     "centers", "words", "eur", "euros", "usd", "dollars", "lignes", "enregistrements", "images", "échantillons",
     "cas", "filas", "registros", "imágenes", "muestras", "linhas", "imagens", "amostras", "rækker", "poster",
     "billeder", "prøver", "صف", "سجل", "سجلات", "صورة", "عينة", "عينات", "पंक्तियां", "रिकॉर्ड", "छवियां", "नमूने",
     "million", "millions", "billion", "patients", "cases", "participants", "people", "subjects", "pacientes",
     "casos", "patienter", "doentes", "personas", "pessoas", "مريض", "حالة", "مرضى", "मरीज", "मरीजों", "लोग"}},
    {kPublicId, {"pmid", "pmc", "pmcid", "doi", "nct", "isrctn", "eudract", "prospero", "crd", "isbn", "issn",
     "orcid", "actrn", "chictr", "ctri", "drks", "umin", "jprn", "ntr", "rbr", "pactr", "irct", "clinicaltrials gov",
     "arxiv", "osf", "zenodo", "irb", "grant", "grant number", "grant no", "award", "project", "project number",
     "project id", "ethics number", "protocol number", "protocol", "irb number", "version", "iso", "scopus",
     "scopus id", "researcherid", "ror", "wos", "zoom", "meeting id", "webinar id", "siret", "cvr",
     "trial registration number", "study registration number", "trial registration", "registration number isrctn",
     "issue", "pull request", "github"}},
    {kTie, {"is", "was", "no", "nr", "num", "number", "n", "id", "the", "of", "for", "are", "est", "es", "é", "er",
     "le", "el", "la", "les", "em", "no dia", "den", "d", "du", "de", "del", "do", "da", "on", "in", "date", "numéro",
     "número", "nummer", "هو", "هي", "رقم", "في", "يوم", "بتاريخ", "है", "का", "की", "के", "संख्या", "नंबर", "hai", "ka",
     "ki", "ke", "was born on", "his", "her", "their", "my", "era", "var", "som", "follows", "as follows",
     "som følger", "en", "à", "al", "l"}},
    {kLimit, {"over", "above", "under", "below", "than", "least", "most", "until", "till", "up to", "to", "from",
     "past", "last", "next", "for", "after", "within", "plus", "más", "mais", "menos", "moins", "hasta", "jusqu",
     "au", "over", "under", "mindst", "til", "fra", "desde", "hace", "há", "il y a", "depuis", "pendant", "durante",
     "أكثر", "أقل", "فوق", "منذ", "من", "لمدة", "إلى", "अधिक", "ज्यादा", "पिछले", "pichle", "older than", "the last"}},
};
// clang-format on

struct PhraseTable {
  std::unordered_map<std::string, std::uint32_t> phrases;  ///< folded; their cues
  std::unordered_map<std::string, std::size_t> longest;    ///< by first word: words of the longest phrase
};

PhraseTable folded_phrases() {
  PhraseTable table;
  for (const auto& [cues, phrases] : kPhrases) {
    for (const auto phrase : phrases) {
      const auto key = fold(phrase);
      table.phrases[key] |= cues;
      auto& longest = table.longest[key.substr(0, key.find(' '))];
      longest = std::max<std::size_t>(longest, 1 + static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')));
    }
  }
  return table;
}

/// Arabic "and", "so", "by", "to" are letters before the word: "والمريض", "بالمريض".
std::string_view without_arabic_prefix(std::string_view word) {
  for (const std::string_view prefix : {"و", "ف", "ب", "ل", "ك"}) {
    if (word.starts_with(prefix) && word.size() > 3 * prefix.size()) return word.substr(prefix.size());
  }
  return word;
}

bool is_skipped(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_kind(at, TokenKind::punctuation) || tokens[at].line_start) return false;
  const auto mark = tokens.folded(at);
  return mark == "." || mark == "(" || mark == ")" || mark == "'" || mark == "°" || mark == "-" || mark == "/" ||
         mark == "_" || mark == "#";
}

}  // namespace

GuardPhrase guard_phrase(const Tokens& tokens, std::size_t at) {
  static const auto table = folded_phrases();
  constexpr std::size_t kLongestWord = 40;
  if (!tokens.is_kind(at, TokenKind::word)) return {};
  auto first = tokens.folded(at);
  if (first.size() > kLongestWord) return {};
  auto starter = table.longest.find(std::string(first));
  if (starter == table.longest.end()) {
    first = without_arabic_prefix(first);
    starter = table.longest.find(std::string(first));
    if (starter == table.longest.end()) return {};
  }
  GuardPhrase found;
  std::string said(first);
  auto next = at + 1;
  for (std::size_t words = 1; words <= starter->second; ++words) {
    if (const auto known = table.phrases.find(said); known != table.phrases.end()) found = {known->second, next};
    if (is_skipped(tokens, next)) ++next;
    if (!tokens.is_kind(next, TokenKind::word) || tokens[next].line_start || tokens.folded(next).size() > kLongestWord)
      break;
    said += ' ';
    said += tokens.folded(next++);
  }
  return found;
}

}  // namespace osrbot::language
