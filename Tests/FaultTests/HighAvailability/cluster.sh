# Runs etcd, Patroni with its PostgreSQL nodes, and PgBouncer, each as on a machine of its own, does to them what it
# is told line by line, and ends all of it when its input ends, however the test has.
# usage: sh cluster.sh FOLDER NETWORK NODE...
#   FOLDER   has a folder for each machine with its files: etcd1/etcd, db1/config.yml, bouncer/pgbouncer.ini, ...
#   NETWORK  the first three numbers of all addresses; those of 127 are this machine's own, for others it makes
#            namespaces and a switch between them, which takes root
#   NODE     db1, db2, ...
# It answers `done` when all has started, and `done` or `failed` after each line.
folder=$1 network=$2
shift 2
nodes="$*"
quorum="etcd1 etcd2 etcd3"
PATH=$PATH:/usr/sbin
programs=$(pg_config --bindir)
trap '' INT HUP TERM
exec 3>&1 >>"$folder/log" 2>&1

# Root hands over to postgres, as the servers refuse to run as root.
as_server=
[ "$(id -u)" != 0 ] || as_server="setpriv --reuid=postgres --regid=postgres --init-groups"

# --- The network -----------------------------------------------------------------------------------------------------

case $network in 127.*) namespaces= ;; *) namespaces=yes ;; esac
tag=gl$$

number_of() {
  case $1 in
    db?) echo "1${1#db}" ;;
    etcd?) echo "2${1#etcd}" ;;
    bouncer) echo 31 ;;
  esac
}

# A switch in a namespace of its own, and a cable from it to each machine and to this one.
lay_network() {
  [ -n "$namespaces" ] || return 0
  ip netns add "$tag-switch" && ip -n "$tag-switch" link add switch type bridge \
    && ip -n "$tag-switch" link set switch up && ip link add "$tag" type veth peer name here netns "$tag-switch" \
    && ip address add "$network.1/24" dev "$tag" && ip link set "$tag" up && plug here || return 1
  for machine in $nodes $quorum bouncer; do
    ip netns add "$tag-$machine" && ip -n "$tag-$machine" link set lo up \
      && ip -n "$tag-$machine" link add cable type veth peer name "$machine" netns "$tag-switch" \
      && ip -n "$tag-$machine" address add "$network.$(number_of "$machine")/24" dev cable \
      && ip -n "$tag-$machine" link set cable up && plug "$machine" || return 1
  done
}

remove_network() {
  [ -n "$namespaces" ] || return 0
  for machine in $nodes $quorum bouncer switch; do ip netns delete "$tag-$machine"; done
}

plug() { ip -n "$tag-switch" link set "$1" up && ip -n "$tag-switch" link set "$1" master switch; }
# The cable stays as it is, and nothing goes through: nobody is told.
unplug() { ip -n "$tag-switch" link set "$1" nomaster; }

# What a node sends to the others and to etcd is lost, and what it sends to clients is not.
isolate() { change_routes "$1" add; }
rejoin() { change_routes "$1" delete; }
change_routes() {
  for other in $nodes $quorum; do
    [ "$other" = "$1" ] || ip -n "$tag-$1" route "$2" blackhole "$network.$(number_of "$other")" || return 1
  done
}

# --- The machines ----------------------------------------------------------------------------------------------------

# on MACHINE PROGRAM...: runs it in the background, in the machine's folder: by that its processes are known.
on() (
  machine=$1
  shift
  cd "$folder/$machine" || return 1
  [ -z "$namespaces" ] || set -- ip netns exec "$tag-$machine" $as_server "$@"
  [ -n "$namespaces" ] || set -- $as_server "$@"
  trap - INT HUP TERM
  "$@" </dev/null >>log 2>&1 3>&- &
)

start() {
  case $1 in
    db?) on "$1" patroni config.yml ;;
    etcd?) on "$1" env $(cat "$folder/$1/etcd") etcd ;;
    bouncer) on "$1" pgbouncer -q pgbouncer.ini && on "$1" sh follow-primary ;;
  esac
}

# signal SIGNAL MACHINE [WORD]: to all its processes, or to those with a word in their command line.
# One that has ended since it was found, as the commands of a shell do, is no failure.
signal() {
  status=0
  for directory in $(find /proc/[0-9]* -maxdepth 1 -name cwd -lname "$folder/$2*" 2>/dev/null); do
    process=${directory%/cwd}
    [ -z "$3" ] || grep -qs "$3" "$process/cmdline" || continue
    kill -s "$1" "${process#/proc/}" 2>/dev/null || [ ! -d "$process" ] || status=1
  done
  return $status
}
postmaster_of() { head -n 1 "$folder/$1/data/postmaster.pid"; }

kill_machine() { signal KILL "$1"; }
kill_patroni() { signal KILL "$1" bin/patroni; }
kill_postmaster() { kill -s KILL "$(postmaster_of "$1")"; }
kill_both() { kill_patroni "$1"; kill_postmaster "$1"; }
# Twice, for those that were born meanwhile.
freeze() { signal STOP "$1" && signal STOP "$1"; }
thaw() { signal CONT "$1"; }
ask_patroni() {
  node=$1 path=$2
  shift 2
  curl -fsS -m 10 "$@" "http://$network.$(number_of "$node"):8008/$path" >/dev/null
}
switchover() { ask_patroni "$1" switchover -d "{\"leader\": \"$1\"}"; }
is_primary() { ask_patroni "$1" primary 2>/dev/null; }
# Whether Patroni has put down that it may take over; it does so after the server itself says that it follows.
is_synchronous() { ask_patroni "$1" synchronous 2>/dev/null; }
# A standby that goes on and gets nothing of what is written from now on.
deafen() { kill -s STOP "$(postmaster_of "$1")" && signal TERM "$1" walreceiver; }

# --- From beginning to end -------------------------------------------------------------------------------------------

prepare() {
  for node in $nodes; do sed -i "s|/usr/lib/postgresql/15/bin|$programs|" "$folder/$node/config.yml"; done
  [ -z "$as_server" ] || chown -R postgres "$folder"
}

end() {
  for node in $nodes; do
    kill_patroni "$node"
    thaw "$node"
    $as_server "$programs/pg_ctl" stop -m immediate -D "$folder/$node/data" 3>&-
    ipcrm -m "$(sed -n '7s/.* //p' "$folder/$node/data/postmaster.pid")"
  done
  kill_machine ''
  remove_network
  rm -rf "$folder"
}

answer() { if "$@" 3>&-; then echo 'done' >&3; else echo failed >&3; fi; }

start_all() {
  prepare && lay_network || return 1
  for machine in $quorum $nodes bouncer; do start "$machine" || return 1; done
}

answer start_all
while read -r action machine; do
  case $action in is_*) ;; *) echo "$(date +%T.%N) $action $machine" ;; esac
  answer "$action" "$machine"
done
cd /
end
