#!/usr/bin/env bash
# Reads the includes of every source file and fails on an arrow that points the wrong way (docs/architecture.md):
#
#   bot -> commands -> storage, config, adapters' contract        bot -> adapters
#
# A platform's folder is known to bot/ alone, storage to bot/ and commands/, and a heavy library to the one file or
# folder that wraps it.
# usage: tests/include_directions.sh [ROOT]
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

# "<folder> <regular expression of what it may include of ours>"; the longest folder that fits a file counts.
rules='
config                config/
storage               storage/
adapters              adapters/[^/]*$
adapters/transport    adapters/([^/]*|transport/.*)$
adapters/console      adapters/([^/]*|console/.*|transport/.*)$|config/
adapters/telegram     adapters/([^/]*|telegram/.*|transport/.*)$|config/
adapters/slack        adapters/([^/]*|slack/.*|transport/.*)$|config/
adapters/x            adapters/([^/]*|x/.*|transport/.*)$|config/
commands              commands/|storage/|config/|adapters/[^/]*$
commands/language     commands/language/
commands/matching     commands/matching/|storage/|config/
bot                   bot/|commands/|storage/|config/|adapters/
'
# "<header> <regular expression of the files that may include it>"
doors='
SQLiteCpp/            ^storage/sqlite\.cpp$
sqlite3.h             ^storage/sqlite\.cpp$|^tests/(bench|unit/storage)/
curl/                 ^adapters/transport/http_(client|transfer)\.(h|cpp)$
cpprest/ws_client     ^adapters/transport/websocket_client\.cpp$
cpprest/http_listener ^adapters/transport/http_server\.cpp$|^tests/fakes/
openssl/              ^adapters/transport/(digest|websocket_client)\.cpp$|^bot/secrets\.cpp$|^storage/(keyed_hash|link_codes)\.cpp$|^tests/
histedit.h            ^adapters/console/
spdlog/               ^bot/logging\.cpp$
CLI/                  ^bot/command_line_options\.cpp$|^tests/
nlohmann/json.hpp     \.cpp$
'

wrong=0
complain() { echo "$1: includes $2, which $3" >&2; wrong=1; }

while IFS=: read -r file _ line; do
  [[ "$line" =~ ^[[:space:]]*#[[:space:]]*include[[:space:]]*([\<\"])([^\>\"]+) ]] || continue
  kind=${BASH_REMATCH[1]} header=${BASH_REMATCH[2]}
  if [ "$kind" = '"' ] && [[ "$file" != tests/* ]]; then
    best='' allowed=''
    while read -r folder pattern; do
      [ -n "$folder" ] && [[ "$file" == "$folder"/* ]] && [ ${#folder} -gt ${#best} ] && best=$folder allowed=$pattern
    done <<<"$rules"
    if [ -z "$best" ]; then
      complain "$file" "$header" "no rule speaks of: add its folder to tests/include_directions.sh"
    elif ! [[ "$header" =~ ^($allowed) ]]; then
      complain "$file" "$header" "$best/ may not know"
    fi
  fi
  while read -r door pattern; do
    if [ -n "$door" ] && [[ "$header" == "$door"* ]] && ! [[ "$file" =~ $pattern ]]; then
      complain "$file" "$header" "is kept behind files that match $pattern"
    fi
  done <<<"$doors"
done < <(grep -rnE --include='*.h' --include='*.cpp' '^[[:space:]]*#[[:space:]]*include' adapters bot commands config storage tests)

[ $wrong -eq 0 ] || exit 1
