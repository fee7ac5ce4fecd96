# Ends what a run started, once the run is gone: the tool holds the other end of our stdin, and when it dies,
# however it dies, read sees the end of it. Then every registered group is killed and every path removed.
#
#   $1                      the run's mark: processes with EVENTPROOF_MARK_$1 in their environment are its own too
#   group PID START SIGNAL  a process group; SIGNAL is tried first where it is not KILL
#   gone PID                that group has ended
#   path PATH               a folder or file of the run
#   last COMMAND            what is run by sh after all that; without a command, nothing
#
# sh and not node: 1 MB instead of 45, and nothing to load when every millisecond counts.
trap '' INT TERM HUP QUIT
set -f
groups='' paths='' last=''

start_of() {
  if [ -d /proc/self ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return
    set -- ${stat##*) }
    [ "$1" = Z ] || echo "${20}"
  else
    ps -o lstart= -p "$1" 2>/dev/null | sed 's/^ *//; s/ *$//'
  fi
}

while IFS= read -r line; do
  case $line in
    'group '*) groups="$groups${line#group }
" ;;
    'gone '*) groups=$(printf '%s' "$groups" | grep -v "^${line#gone } ")
      [ -z "$groups" ] || groups="$groups
" ;;
    'path '*) paths="$paths${line#path }
" ;;
    'last '*) last=${line#last } ;;
  esac
done

# Signals to the groups whose leader is still the one that was registered.
signal_groups() {
  printf '%s' "$groups" | while read -r pid signal start; do
    [ "$1" != FIRST ] || [ "$signal" != KILL ] || continue
    [ "$1" = FIRST ] || signal=KILL
    now=$(start_of "$pid")
    # A leader that is gone leaves its number to its group: kill the group then, too.
    if [ "$now" = "$start" ] || [ -z "$now" ]; then kill -"$signal" -"$pid" 2>/dev/null; fi
  done
}

marked() {
  [ -d /proc/self ] || return 0
  set +f
  grep -lsz "^EVENTPROOF_MARK_$1=1\$" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
  set -f
}

signal_groups FIRST
case $groups in *' QUIT '*) sleep 0.2 ;; esac
signal_groups KILL
for again in 1 2 3; do
  left=$(marked "$1")
  [ -n "$left" ] || break
  kill -KILL $left 2>/dev/null
  sleep 0.05
done
printf '%s' "$paths" | while IFS= read -r path; do
  case $path in */eventproof-*) rm -rf "$path" || { sleep 0.2; rm -rf "$path"; } ;; esac
done
[ -z "$last" ] || eval "$last"
