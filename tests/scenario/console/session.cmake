# usage: cmake -D PROGRAM=... -D SESSION=... -D FOLDER=... -P session.cmake
# Runs the program on a new database with <session>.in as its input, and compares what it prints with <session>.out.
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})
execute_process(COMMAND ${CMAKE_COMMAND} -E env OSRBOT_DB=${FOLDER}/osrbot.db ${PROGRAM} run
                WORKING_DIRECTORY ${FOLDER} INPUT_FILE ${SESSION}.in
                OUTPUT_VARIABLE actual ERROR_VARIABLE errors RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "the program ended with ${code}:\n${errors}")
endif()
if("$ENV{UPDATE_TRANSCRIPTS}" STREQUAL "1")
  file(WRITE ${SESSION}.out "${actual}")
endif()
file(READ ${SESSION}.out expected)
if(NOT actual STREQUAL expected)
  message(FATAL_ERROR "expected:\n${expected}\nsaid:\n${actual}\nUPDATE_TRANSCRIPTS=1 rewrites it.")
endif()
