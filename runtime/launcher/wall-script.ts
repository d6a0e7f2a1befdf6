/**
 * Run by `sh` inside fresh namespaces, as their root. Arguments: a mount point, what to show (`ro` or `rw`, the path, and
 * where it is seen), `--`, and the program to run with everything else gone. The program drops what rights are left by itself (setpriv).
 */
export const WALL_SCRIPT = `set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 022
ulimit -c 0
new=$1
shift
mount -t tmpfs -o mode=755,size=1m,nosuid,nodev gatehouse "$new"
while [ "$1" != -- ]; do
  if [ -d "$2" ]; then
    mkdir -p "$new$3"
  else
    [ -d "$new\${3%/*}" ] || mkdir -p "$new\${3%/*}"
    : > "$new$3"
  fi
  if [ "$1" = rw ]; then mount -o bind "$2" "$new$3"; else mount -o bind,ro,nosuid,nodev "$2" "$new$3"; fi
  shift 3
done
shift
mount -o remount,bind,ro,nosuid,nodev "$new"
cd "$new"
unset PWD OLDPWD
exec "$@"
`
