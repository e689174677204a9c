#include "tests/unit/language/command_fixture.h"

using namespace osrbot::language;

TEST_CASE("what is said of several objects is said of each") {
  const CommandCase cases[] = {
      {"claim T1 T2", "claim task=T1; claim task=T2"},
      {"claim T1, T2 and T3 please", "claim task=T1; claim task=T2; claim task=T3"},
      {"release T1, T2", "release task=T1; release task=T2"},
      {"release T1 + T2 :)", "release task=T1; release task=T2"},
      {"/claim_T1 T2", "claim task=T1; claim task=T2"},
      {"release T1", "release task=T1"},
      {"release T1 2", "release task=T1; release task=T2"},
      {"release 1 2", "release task=T1; release task=T2"},
      {"release 1 and 2", "release task=T1; release task=T2"},
      {"release 1", "release task=T1"},
      {"release T1 2 of 3 are read", "release task=T1 note='2 of 3 are read'"},
      {"progress T1 50", "progress task=T1 percentage=50"},
      {"progress T1 T2 50%", "!second note [T2]"},
  };
  check_commands(cases);
}

TEST_CASE("a note that is rather a second command is none") {
  const CommandCase cases[] = {
      {"release T1 /claim T2", "!second note [/claim T2]"},
      {"release T1 /claim_T2 please", "!second note [/claim_T2]"},
      {"release T1, claim T2", "!second note [claim T2]"},
      {"release T1 then claim T2", "!second note [claim T2]"},
      {"release T1 release", "!second note [release]"},
      {"release T1, T2 with the figures", "!second note [T2 with the figures]"},
      {"release T1 claim by the authors is checked", "release task=T1 note='claim by the authors is checked'"},
      {"release T1 T2 uses the same file", "release task=T1 note='T2 uses the same file'"},
      {"release T1 \"/claim T2\"", "release task=T1 note='/claim T2'"},
      {"release T1 /etc/hosts was wrong", "release task=T1 note='/etc/hosts was wrong'"},
  };
  check_commands(cases);
}

TEST_CASE("a number that cannot be meant is an error, and not another number") {
  const CommandCase cases[] = {
      {"need P7 0 nurses", "!bad count [0]"},
      {"need P7 -2 nurses", "!bad count [-2]"},
      {"need P7 zero nurses", "!bad count [zero]"},
      {"need P7 \u22122 nurses", "!bad count [\u22122]"},
      {"progress T12 -5%", "!bad percentage [-5%]"},
      {"reached T12 150%", "!bad percentage [150%]"},
      {"reached T12 150", "!bad percentage [150]"},
      {"progress T12 - 60%", "progress task=T12 percentage=60"},
      {"progress T12 60% 0 of 3 tables left", "progress task=T12 percentage=60 note='0 of 3 tables left'"},
  };
  check_commands(cases);
}

TEST_CASE("words in the place of the only value are not passed over") {
  const CommandCase cases[] = {
      {"status of the project", "status"},
      {"pause until forever", "!bad until [until forever]"},
      {"pause until yesterday", "pause until=2026-03-17"},
      {"digest noday", "!bad which [noday]"},
      {"status of ColoAI please", "status project='coloai'"},
  };
  check_commands(cases);
}

TEST_CASE("a project is named by its title as well") {
  const CommandCase cases[] = {
      {"status burns in children", "status project='burns in children'"},
      {"status of Burns in Children!", "status project='burns in children'"},
      {"status \"COVID-19 & burns\"", "status project='covid-19-burns'"},
      {"status coloai, and tell me more", "status project='coloai'"},
      {"status burns 3 tables", "!unexpected [3 tables]"},
  };
  check_commands(cases);
}

TEST_CASE("references come in many spellings") {
  const CommandCase cases[] = {
      {"claim 12", "claim task=T12"},
      {"claim t 12", "claim task=T12"},
      {"claim #T12", "claim task=T12"},
      {"claim #12", "claim task=T12"},
      {"claim task 12", "claim task=T12"},
      {"claim task no 12", "claim task=T12"},
      {"claim task T12", "claim task=T12"},
      {"claim T١٢", "claim task=T12"},
      {"claim १२", "claim task=T12"},
      {"claim Ｔ１２", "claim task=T12"},
      {"claim the task T12", "claim task=T12"},
      {"done T1,T2 and T3", "done task=T1 task=T2 task=T3"},
      {"done 1 2 3", "done task=T1 task=T2 task=T3"},
      {"close coloai", "close project='coloai'"},
      {"close #ColoAI", "close project='coloai'"},
      {"close project coloai", "close project='coloai'"},
      {"close P7", "close project=P7"},
      {"close 7", "close project=P7"},
      {"project P7", "project project=P7"},
      {"claim T999999999999999999999", "!bad task [T999999999999999999999]"},
      {"claim T0", "!bad task [T0]"},
      {"claim P7", "!bad task [P7]"},
  };
  check_commands(cases);
}

TEST_CASE("arguments stand in any order") {
  const CommandCase cases[] = {
      {"need P7 2 statistician by 31 March 5h/week",
       "need project=P7 count=2 skill='statistician' deadline=2026-03-31 hours=5"},
      {"need 2 statisticians for P7, 5 hours a week, by 31 March",
       "need count=2 skill='statisticians' project=P7 hours=5 deadline=2026-03-31"},
      {"we need two data managers for project 7 until next Friday",
       "need count=2 skill='data managers' project=P7 deadline=2026-03-27"},
      {"need P7 \"R programmer\" x2", "need project=P7 skill='R programmer' count=2"},
      {"need P7 “R programmer” 2", "need project=P7 skill='R programmer' count=2"},
      {"need P7 a statistician by next Friday", "need project=P7 count=1 skill='statistician' deadline=2026-03-27"},
      {"Need P7 3-4 data collectors, 2h/week", "need project=P7 count=3 skill='data collectors' hours=2"},
      {"need 7 2 statistician", "need project=P7 count=2 skill='statistician'"},
      {"need P7 statistician credit \"co-author\"", "need project=P7 skill='statistician' credit='co-author'"},
      {"need coloai 2 statisticians", "need project='coloai' count=2 skill='statisticians'"},
      {"assign T12 @ana", "assign task=T12 person=@ana"},
      {"assign @ana T12", "assign person=@ana task=T12"},
      {"assign T12 to @Ana_S, thanks", "assign task=T12 person=@Ana_S"},
      {"assign T12 to me", "assign task=T12 person=me"},
      {"assign 12 <@U012AB3CD|ana>", "assign task=T12 person=@U012AB3CD"},
      {"due T12 next Friday", "due task=T12 date=2026-03-27"},
      {"due T12 this Friday", "due task=T12 date=2026-03-20"},
      {"due next Friday T12", "due date=2026-03-27 task=T12"},
      {"deadline 2026-05-04 for T12", "due date=2026-05-04 task=T12"},
      {"due T12 on 4 May at 17:30", "due task=T12 date=2026-05-04T17:30"},
      {"progress T12 60% first pass done", "progress task=T12 percentage=60 note='first pass done'"},
      {"progress T12 60 %", "progress task=T12 percentage=60"},
      {"progress T12 60", "progress task=T12 percentage=60"},
      {"progress 12 60", "progress task=T12 percentage=60"},
      {"progress T12 first pass done 60%", "progress task=T12 note='first pass done' percentage=60"},
      {"progress T12 first pass 60% done", "progress task=T12 note='first pass 60% done' percentage=60"},
      {"progress T12 20 papers extracted", "progress task=T12 note='20 papers extracted'"},
      {"remind me about T12 in 2 weeks", "remind person=me task=T12 date=2026-04-01"},
      {"remind me in two weeks to call the editor", "remind person=me date=2026-04-01 note='to call the editor'"},
      {"remind me to call the editor next Friday at 9am",
       "remind person=me note='to call the editor' date=2026-03-27T09:00"},
      {"remind @ana tomorrow about T12", "remind person=@ana date=2026-03-19 task=T12"},
      {"size T12 half a day", "size task=T12 time=720min"},
      {"size T12 30 min", "size task=T12 time=30min"},
      {"link T12 https://osf.io/ab12c/?a=b,c.", "link task=T12 address='https://osf.io/ab12c/?a=b,c'"},
      {"role software T3", "role role='Software' task=T3"},
      {"role writing - original draft T3", "role role='Writing – original draft' task=T3"},
      {"role T3 writing review editing", "role task=T3 role='Writing – review & editing'"},
      {"list tasks P7", "list what='tasks' project=P7"},
  };
  check_commands(cases);
}

TEST_CASE("the rest is one unbroken piece of the line") {
  const CommandCase cases[] = {
      {"task add P7 Write the abstract by Friday @ana",
       "task add project=P7 title='Write the abstract' due=2026-03-20 owner=@ana"},
      {"task add Write the abstract P7", "task add title='Write the abstract' project=P7"},
      {"task add P7 Compare with P8 results", "task add project=P7 title='Compare with P8 results'"},
      {"task add Compare with P8", "task add title='Compare with P8' project=P8"},
      {"task add Label 200 CT scans", "task add title='Label 200 CT scans'"},
      {"task add P7: \"Label: 200 scans\"", "task add project=P7 title='Label: 200 scans'"},
      {"task add P7 Read data of 31 March 2020", "task add project=P7 title='Read data of 31 March 2020'"},
      {"task add P7 Write the \"big\" abstract", "task add project=P7 title='Write the \"big\" abstract'"},
      {"task add P7 Write abstract, please!", "task add project=P7 title='Write abstract'"},
      {"task add P7 Write a note of thanks", "task add project=P7 title='Write a note of thanks'"},
      {"task add P7 run `make` twice", "task add project=P7 title='run `make` twice'"},
      {"task add P7 due 4 May Write it", "task add project=P7 due=2026-05-04 title='Write it'"},
  };
  check_commands(cases);
}

TEST_CASE("a list of values may follow line by line") {
  const CommandCase cases[] = {
      {"task add P1\nWrite abstract\nDraw figure 1",
       "task add project=P1 title='Write abstract' title='Draw figure 1'"},
      {"task add P1:\n- Write abstract\n* Claim the domain\n1. Draw figure",
       "task add project=P1 title='Write abstract' title='Claim the domain' title='Draw figure'"},
      {"task add P1 Write abstract\nDraw figure\nclaim T3",
       "task add project=P1 title='Write abstract' title='Draw figure'; claim task=T3"},
      {"task add P1\n- a\n- b\nSee you on Monday", "task add project=P1 title='a' title='b'"},
      {"task add P1\na task\n\nThanks!", "task add project=P1 title='a task'"},
      {"task add P1\nfirst\n> second\n```\nthird\n```\nfourth", "task add project=P1 title='first' title='fourth'"},
  };
  check_commands(cases);
}
