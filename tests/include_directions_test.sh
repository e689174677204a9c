#!/usr/bin/env bash
# Plants includes that point the wrong way, one at a time, and expects include_directions.sh to name each of them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{adapters/telegram,adapters/transport,bot,commands/language,config,storage,tests}

# expect good|bad FILE INCLUDE
expect() {
  echo "#include $3" >"$root/$2"
  local result=good
  "$here/include_directions.sh" "$root" 2>"$root/said" || result=bad
  if [ "$result" != "$1" ] || { [ "$1" = bad ] && ! grep -qF "$2: includes" "$root/said"; }; then
    echo "$2 with #include $3: expected $1, was $result; it said: $(cat "$root/said")" >&2
    exit 1
  fi
  rm "$root/$2"
}

expect good bot/engine.cpp '"adapters/telegram/telegram_adapter.h"'
expect good commands/claim.cpp '"storage/tasks.h"'
expect good commands/claim.cpp '"adapters/message.h"'
expect good adapters/telegram/a.cpp '"adapters/transport/http_client.h"'
expect good storage/sqlite.cpp '<SQLiteCpp/Database.h>'
expect bad commands/claim.cpp '"adapters/telegram/a.h"'
expect bad commands/claim.cpp '"bot/engine.h"'
expect bad commands/language/parse.h '"storage/sql.h"'
expect bad commands/language/parse.h '"commands/command.h"'
expect bad adapters/telegram/a.cpp '"storage/outbox.h"'
expect bad adapters/message.cpp '"adapters/transport/http_client.h"'
expect bad adapters/transport/a.cpp '"config/config.h"'
expect bad storage/tasks.cpp '"commands/command.h"'
expect bad config/config.cpp '"adapters/log.h"'
expect bad storage/tasks.cpp '<SQLiteCpp/Database.h>'
expect bad bot/engine.h '<nlohmann/json.hpp>'
expect bad bot/engine.cpp ' <spdlog/spdlog.h>'
expect bad adapters/telegram/a.cpp '<openssl/hmac.h>'
expect bad bot/engine.cpp '"engine.h"'
echo "include_directions.sh finds every planted mistake"
