#include "commands/language/guard.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace osrbot::language;

namespace {

/// "block phi:nhs-number, warn phi:other"
std::string findings_in(std::string_view text) {
  std::string out;
  std::string last;
  for (const auto& finding : check_patient_data(text).findings) {
    const auto one = std::string(finding.severity == Severity::block ? "block " : "warn ") + std::string(finding.name);
    if (one == last) continue;
    if (!out.empty()) out += ", ";
    out += one;
    last = one;
  }
  return out;
}

bool blocked_as(std::string_view text, std::string_view name) {
  const auto verdict = check_patient_data(text);
  for (const auto& finding : verdict.findings) {
    if (finding.severity == Severity::block && finding.name == name) return verdict.blocks();
  }
  return false;
}

}  // namespace

TEST_CASE("NHS numbers are blocked by their grouping or a keyword, however they are written") {
  for (const std::string text : {
           "Patient 943 476 5919 needs review",
           "943-476-5919",
           "943.476.5919",
           "943 - 476 - 5919",
           "943\u00a0476\u00a05919",
           "943\u2013476\u20135919",
           "943_476_5919",
           "943/476/5919",
           "943\u200b \u200b476 \u200d5919",
           "9 4 3 4 7 6 5 9 1 9",
           "9.4.3.4.7.6.5.9.1.9",
           "943\u200b476\u200b5919",
           "N H S number 9434765919",
           "NHS number 9434765919",
           "NHS no: 9434765919",
           "nhs no. 9434765919",
           "NHS Number is 943 4765 919",
           "NHS#9434765919",
           "NHS9434765919",
           "NHS number: 94\u200b34765\u200c919",
           "NHS number 9434765918",  // a wrong check digit is a slip of the pen
           "9434765919 (NHS number)",
           "9434765919 is the NHS number",
           "the NHS id 9434765919",
           "NHS ٩٤٣٤٧٦٥٩١٩",
           "٩٤٣ ٤٧٦ ٥٩١٩",
           "९४३ ४७६ ५९१९",
           "９４３ ４７６ ５９１９",
           "9️⃣4️⃣3️⃣ 4️⃣7️⃣6️⃣ 5️⃣9️⃣1️⃣9️⃣",
           "#943 476 5919",
           "numéro NHS : 943 476 5919",
           "number943 476 5919",
       }) {
    CAPTURE(text);
    CHECK(blocked_as(text, "phi:nhs-number"));
  }
}

TEST_CASE("hospital, file and patient numbers are blocked in all languages") {
  for (const std::string text : {
           "MRN 123456",
           "MRN: 00123456",
           "mrn#123456",
           "MRN123456",
           "M.R.N. 12-34-56",
           "MRN AB12345",
           "123456 (MRN)",
           "his MRN is 448812",
           "medical record number 55123",
           "Hospital number 4471",
           "hospital no. 4471",
           "Hosp no 4471",
           "patient id 99812",
           "Patient ID: P-99812",
           "patient number 4471",
           "patient no 4471",
           "patient 4471123 bled again",
           "patient #4471",
           "file number 3321",
           "case number 88213",
           "UHID 20231187",
           "medical rec. no. 55123",
           "hospital number of my patient is 4471",
           "dossier n° 445512",
           "numéro de dossier 12345",
           "n° de dossier 12345",
           "N° dossier : 12345",
           "IPP 8001234567",
           "identifiant patient 4471",
           "numéro de patient : 4471",
           "historia clínica 445566",
           "número de historia clínica 445566",
           "nº de historia: 445566",
           "NHC 445566",
           "número de expediente 445566",
           "número del paciente: 4471",
           "prontuário 123456",
           "número do prontuário: 123456",
           "número de utente 123456789",
           "journalnummer 445566",
           "journalnr. 445566",
           "patientnummer 4471",
           "رقم الملف 12345",
           "رقم الملف: ١٢٣٤٥",
           "رقم المريض ١٢٣٤٥",
           "ملف رقم 12345",
           "الرقم الطبي 12345",
           "ورقم الملف ١٢٣٤٥",
           "मरीज संख्या 12345",
           "मरीज़ का नंबर १२३४५",
           "रोगी आईडी 12345",
           "अस्पताल नंबर 12345",
           "फ़ाइल नंबर 12345",
           "mareez ka number 12345",
           "patient ka number 12345",
           "hospital ka number hai 12345",
       }) {
    CAPTURE(text);
    CHECK(blocked_as(text, "phi:mrn"));
  }
}

TEST_CASE("dates of birth are blocked in all languages") {
  for (const std::string text : {
           "DOB 12/03/1956",
           "dob: 12.03.56",
           "D.O.B. 12-03-1956",
           "DOB 12 March 1956",
           "DOB March 12, 1956",
           "date of birth is 1956-03-12",
           "Date of birth: 12031956",
           "her date of birth was 12th of March 1956",
           "12/03/1956 (DOB)",
           "she was born on 12 March 1956",
           "born 12/03/1956",
           "Born: 12.3.1956",
           "date de naissance : 12/03/1956",
           "né le 12 mars 1956",
           "née le 12/03/1956",
           "né(e) le 12/03/1956",
           "DDN 12/03/1956",
           "fecha de nacimiento 12/03/1956",
           "nacido el 12 de marzo de 1956",
           "nació el 12-03-1956",
           "data de nascimento: 12/03/1956",
           "nascida em 12 de março de 1956",
           "fødselsdato 12.03.1956",
           "født den 12. marts 1956",
           "født 12.03.56",
           "تاريخ الميلاد ١٢/٠٣/١٩٥٦",
           "تاريخ الميلاد: 12 مارس 1956",
           "مواليد 12/3/1956",
           "تاريخ ميلاد المريض ٣/٤/١٩٥١",
           "geb. 12.03.1956",
           "ولد في 12 مارس 1956",
           "जन्म तिथि 12/03/1956",
           "जन्मतिथि: १२ मार्च १९५६",
           "जन्म 12/03/1956",
           "janm tithi 12/03/1956",
           "janam 12/03/1956",
           "DOB\u200b 1\u200b2/03/1956",
       }) {
    CAPTURE(text);
    CHECK(blocked_as(text, "phi:dob"));
  }
}

TEST_CASE("Danish CPR numbers are blocked") {
  for (const std::string text : {
           "010203-1234",
           "CPR 010203-1234",
           "cpr-nr. 0102031234",
           "CPR: 010203 1234",
           "cpr nummer 010203–1234",
           "patienten har cpr 311299-9999",
           "01 02 03-1234",
           "610203-1234",
           "personnummer 0102031234",
           "cpr ٠١٠٢٠٣-١٢٣٤",
           "010203\u200b-\u200b1234",
       }) {
    CAPTURE(text);
    CHECK(blocked_as(text, "phi:cpr"));
  }
  CHECK(findings_in("010203 1234") == "warn phi:cpr");
  CHECK(findings_in("CPR in 120000 patients") == "");
  CHECK(findings_in("We study CPR outcomes after 320 arrests") == "");
}

TEST_CASE("the name of a patient is blocked in all languages") {
  for (const std::string text : {
           "patient John Smith was readmitted",
           "Patient John Smith was readmitted",
           "our patient, John Smith, has a leak",
           "my patient Ahmed has a leak",
           "patient Mr Smith has a leak",
           "patient named Xavier Quill",
           "patient's name is John Smith",
           "Patient name: Zadie Quill",
           "name of the patient: Zadie",
           "Mr John Smith was admitted with a leak",
           "Mrs. Quill underwent a Hartmann's",
           "a 67 year old man named John Smith",
           "our pt. John Smith",
           "Name: John Smith, patient of mine",
           "mi paciente Roberto tiene una fuga",
           "le patient Jean Dupont",
           "la patiente Mme Dupont",
           "patient M. Dupont",
           "nom du patient : Dupont",
           "el paciente Juan Pérez",
           "paciente juan perez",
           "una paciente llamada Lucía",
           "nombre del paciente: Pérez",
           "o paciente João Silva",
           "nome do paciente: Silva",
           "patienten Jens Hansen",
           "patientens navn er Hansen",
           "en patient ved navn Hansen",
           "المريض أحمد محمد",
           "المريضة فاطمة",
           "اسم المريض: خالد",
           "اسم المريض محمد علي",
           "مريض اسمه أحمد",
           "المريض السيد زهران",
           "मरीज रमेश कुमार",
           "मरीज का नाम रमेश है",
           "मरीज़ का नाम: ज़ोरावर",
           "रोगी श्री ज़ोरावर",
           "mareez Ramesh Kumar",
           "patient ka naam Ramesh hai",
       }) {
    CAPTURE(text);
    CHECK(blocked_as(text, "phi:name"));
  }
}

TEST_CASE("national numbers are blocked") {
  for (const std::string text : {
           "SSN 123-45-6789",
           "social security number: 123 45 6789",
           "Aadhaar 1234 5678 9012",
           "numéro de sécurité sociale 1 85 05 78 006 084 36",
           "DNI 12345678Z",
           "CPF 123.456.789-09",
           "رقم الهوية 1234567890",
           "الرقم القومي ٢٩٠٠١٠١١٢٣٤٥٦٧",
           "आधार नंबर 1234 5678 9012",
       }) {
    CAPTURE(text);
    CHECK(blocked_as(text, "phi:other"));
  }
}

TEST_CASE("what only may identify somebody is a warning for a coordinator") {
  struct Case {
    std::string_view text;
    std::string_view found;
  };
  const Case cases[] = {
      {"9434765919", "warn phi:nhs-number"},
      {"ref 9434765919 please", "warn phi:nhs-number"},
      {"call me on 07911 123456", "warn phi:other"},
      {"+44 20 7946 0018", "warn phi:other"},
      {"whatsapp +254712345678", "warn phi:other"},
      {"tlf. 33 12 45 67", "warn phi:other"},
      {"هاتف ٠١٢٣٤٥٦٧٨٩٠", "warn phi:other"},
      {"फोन 9812345670", "warn phi:other"},
      {"write to ana@example.org", "warn phi:other"},
      {"she underwent a Hartmann's on 3 March 2026", "warn phi:other"},
      {"admitted 03/03/2026 with a leak", "warn phi:other"},
      {"opéré le 3 mars 2026", "warn phi:other"},
      {"indlagt den 3. marts 2026", "warn phi:other"},
      {"a 93-year-old woman", "warn phi:other"},
      {"aged 94", "warn phi:other"},
      {"93yo with a perforation", "warn phi:other"},
      {"une femme de 92 ans", "warn phi:other"},
      {"paciente de 92 años", "warn phi:other"},
      {"homem de 95 anos", "warn phi:other"},
      {"en 93-årig kvinde", "warn phi:other"},
      {"مريض عمره ٩٢ سنة", "warn phi:other"},
      {"92 वर्षीय महिला", "warn phi:other"},
      {"92 साल की महिला", "warn phi:other"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(findings_in(text) == expected);
  }
}

TEST_CASE("talk about research passes") {
  for (const std::string text : {
           "We need 200 patients for our cohort",
           "patient recruitment starts next Monday",
           "Patient and Public Involvement lead wanted",
           "Looking for a Patient Safety researcher",
           "our Patient Reported Outcome Measures project",
           "PPI: Patient and Public Involvement",
           "Patient Information Leaflet translators needed",
           "n=4500000000",
           "n = 9434765919",
           "4500000000 rows of synthetic data",
           "4,500,000,000 rows",
           "9434765919 rows of synthetic data",
           "ORCID 0000-0002-1694-233X",
           "https://orcid.org/0000-0002-1825-0097",
           "0000-0002-1825-0097",
           "doi 10.17605/OSF.IO/AB12C",
           "https://doi.org/10.1016/S0140-6736(20)31182-X",
           "PMID 12345678",
           "PMID: 9434765919",
           "PMC9434765",
           "NCT01234567",
           "trial NCT 01234567",
           "ISRCTN12345678",
           "EudraCT 2019-001234-56",
           "PROSPERO CRD42020123456",
           "ISBN 978-3-16-148410-0",
           "trial registration number 2021123456",
           "label 200 CT scans",
           "Sign up by 31 March 2026",
           "apply by 04/05/2026",
           "We include patients operated between 1 January 2025 and 31 December 2025",
           "patients admitted from 01/01/2025 to 31/12/2025",
           "Children born on 1 January 2020",
           "cohort of people born in 1956",
           "date of birth is not collected",
           "do not send names, MRNs or dates of birth",
           "patient names are removed",
           "hospital numbers are pseudonymised in 2026",
           "patients over 90 years",
           "aged 90 and over",
           "patients aged 18-95",
           "90% acceptance",
           "95 years of experience in the team",
           "12 hospitals, 340 patients, 1500 forms",
           "the NHS has 1500000 staff",
           "NHS England 2024 data",
           "Mr John Smith, consultant surgeon, leads the team",
           "P12 and T31 are due",
           "10-20 hours, 30 min, 5h/week",
           "call for papers 2026",
           "recrutement de 200 patients",
           "200 patients dans 12 hôpitaux",
           "reclutamiento de pacientes en 2026",
           "pacientes de 65 a 95 años",
           "recrutamento de 4500 doentes",
           "rekruttering af 200 patienter inden 1. juni",
           "نبحث عن ٢٠٠ مريض للدراسة",
           "بيانات المريض الإلكترونية",
           "200 मरीजों का डेटा",
           "मरीज की सुरक्षा पर शोध",
           "patient data engineer needed",
           "patient-reported outcomes",
           "a patient in Khartoum and a doctor in Lagos",
           "our patient REDCap database",
           "Publish in 5 days!! 90% acceptance",
           "#OpenSourceResearch @OSRbot",
           "RR 0.51 (95% CI 0.40-0.65), P < .001",
           "version 3.14.159 of the protocol 2026-03-12",
           "2026-03-12 10:30",
           "10.12.2025 kl. 14:30",
           "1 2 3 4 5 6",
           "Looking for 3 data collectors; 1,234 patients already recruited",
           "Patient Involvement Lead wanted for P3",
           "Patients as Partners in research: join us",
           "patient level meta-analysis, 12 trials, 4512 patients",
           "We have 1000000000 images",
           "We screened 2000 patient records from 2015-2020",
           "medical records 2015 to 2020 of 3 hospitals",
           "Our electronic medical record system covers 12 hospitals",
           "Need R programmer for patient flow simulation by 1 June",
           "the Patient Blood Management programme in Khartoum",
           "Dr John Smith leads P4; write to him",
           "Prof. Ana López is the patient advocate",
           "Patient advocate Maria leads PPI",
           "National lead for Kenya: Dr Jane Mwangi",
           "phone interviews with 40 patients",
           "Deadline 12/03/2026, born-digital archive",
           "children born between 2019 and 2021",
           "operated on between 1 Jan and 31 Dec 2025",
           "surgery closes at 5pm",
           "death within 90 days",
           "30-day mortality and 90-day readmission",
           "age > 90 excluded",
           "CPR training data, 12000 arrests",
           "CPR quality 010 study",
           "project number 101057482 Horizon Europe",
           "grant no. 101057482",
           "OSF 9abcd",
           "ethics number 2026-12345",
           "IRB 445512",
           "NHS number is never to be posted",
           "NHS numbers must not be shared",
           "Never post NHS numbers, DOBs, or MRNs of patients.",
           "hospital number of beds 450",
           "case number 3 of the series",
           "We registered as CRD42026123456",
           "Call for papers 2026: 0 EUR",
           "Zoom 987 6543 2100",
           "meeting id 943 476 5919",
           "recherche patients partenaires",
           "étude sur 4500000000 lignes",
           "paciente estandarizado simulado proyecto 2026",
           "A coorte nasceu em 2020",
           "patientinddragelse i forskning 2026",
           "رقم المشروع ١٢",
           "نبحث عن باحثين لدراسة ملفات المرضى ٢٠١٥-٢٠٢٠",
           "مريض السكري وجودة الحياة",
           "मरीज के अधिकारों पर शोध, 500 लोग",
           "Hi all, I'm Ana, 4th-year student from Khartoum",
           "My father John had surgery",
           "10.1016/j.bjs.2020.01.123",
           "v2.10.3 of REDCap 13.4.12",
           "IP 192.168.100.200",
           "2026-03-12T10:30:00Z",
           "1700000000",
           "T12 T13 T14 done 60%",
           "1 in 10 patients, 95% CI 1.2-3.4",
           "patient Facebook group admins",
           "Patient Engagement Toolkit v2",
           "",
           "\xff\xfe\x80",
           "patient: \u065c",
       }) {
    CAPTURE(text);
    CHECK(findings_in(text) == "");
  }
}

TEST_CASE("reasons never echo the text") {
  const std::string text = "Patient John Smith, DOB 12/03/1956, NHS number 943 476 5919, MRN 123456";
  const auto verdict = check_patient_data(text);
  CHECK(verdict.findings.size() == 4);
  for (const auto& finding : verdict.findings) {
    for (const auto* secret : {"John", "Smith", "1956", "943", "5919", "123456"}) {
      CHECK(finding.reason.find(secret) == std::string_view::npos);
    }
  }
}

TEST_CASE("hostile input is answered") {
  for (const std::string piece : {"9 ", "DOB ", "patient ", "MRN ", "943 476 ", "\u0301", "\xed\xa0\x80", "\u202e9",
                                  "(", "patient, ", "Mr A ", "12/", "9\u200b", "1 January "}) {
    std::string text;
    while (text.size() < 20'000) text += piece;
    CAPTURE(piece);
    CHECK(check_patient_data(text).findings.size() <= 8);
  }
}
