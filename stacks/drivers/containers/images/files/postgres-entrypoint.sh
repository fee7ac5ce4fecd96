#!/bin/bash
# The contract of the official image, as far as it is used: POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB make the
# server's folder once; then what follows is run as the user postgres.
set -e
export PGDATA=${PGDATA:-/var/lib/postgresql/data}
user=${POSTGRES_USER:-postgres}
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  install -d -o postgres -g postgres -m 700 "$PGDATA"
  secret=$(mktemp) && printf '%s' "${POSTGRES_PASSWORD:?}" >"$secret" && chown postgres "$secret"
  as_postgres initdb -D "$PGDATA" -U "$user" --pwfile="$secret" --auth-local=trust --auth-host=scram-sha-256 \
    -E UTF8 --locale-provider=builtin --locale=C.UTF-8 --no-sync --no-instructions
  rm "$secret"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  # Nothing listens yet: whoever finds the port open finds the database, too.
  [ "${POSTGRES_DB:-$user}" = postgres ] ||
    echo "CREATE DATABASE \"${POSTGRES_DB:-$user}\"" | as_postgres postgres --single -D "$PGDATA" postgres
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@" -c listen_addresses='*'
