#!/bin/bash
# containerd 1.6's ctr as kind asks for it: that has neither `info` nor labels of what it imports.
[ "${1:-}" = info ] && exec /usr/bin/ctr version
words=()
for word in "$@"; do [[ $word == --label=* ]] || words+=("$word"); done
exec /usr/bin/ctr "${words[@]}"
