# Where things lie on the server, and who does them; install and upgrade read it. PREFIX puts everything below a folder,
# as whoever runs it, and leaves packages, accounts and the database server alone: that is how the tests try these files.
PREFIX=${PREFIX:-}
HERE=$PREFIX/srv/otonom
SETTINGS=$PREFIX/etc/otonom.env
UNITS=$PREFIX/etc/systemd/system
JOURNAL=$PREFIX/etc/systemd/journald.conf.d/otonom.conf
NGINX_CONF=$PREFIX/etc/nginx/conf.d/otonom.conf
PORTS=${PORTS:-8001 8002}
HTTP_PORT=${HTTP_PORT:-80}
HTTPS_PORT=${HTTPS_PORT:-443}

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

is_server() { [ -z "$PREFIX" ]; }

as_otonom() {
    if is_server; then runuser -u otonom -- "$@"; else "$@"; fi
}

# The value of a variable of the settings, without its quotes.
setting() { sed -n "s/^$1=[\"']\{0,1\}\([^\"']*\).*/\1/p" "$SETTINGS" | tail -n 1; }

domain() { setting ALLOWED_HOSTS | cut -d, -f1; }

# FROM TO: a file of site/deploy, with the places and the name of this machine.
put() {
    sed -e "s#alliance\.example#$(domain)#g" \
        -e "s#/srv/otonom#$HERE#g; s#/etc/otonom#$PREFIX/etc/otonom#g; s#/var/lib/otonom#$PREFIX/var/lib/otonom#g" \
        -e "s#/var/cache/nginx#$PREFIX/var/cache/nginx#g; s#/var/log/nginx#$PREFIX/var/log/nginx#g" \
        -e "s#\(listen \(\[::\]:\)\{0,1\}\)80;#\1$HTTP_PORT;#; s#\(listen \(\[::\]:\)\{0,1\}\)443 #\1$HTTPS_PORT #" \
        "$1" > "$2.new"
    mv "$2.new" "$2"
}

# FILE: how long the journal keeps anything; a version from before this file says nothing about it.
keep_logs() {
    [ -e "$1" ] || return 0
    install -d "${JOURNAL%/*}"
    ! cmp -s "$1" "$JOURNAL" || return 0
    install -m 644 "$1" "$JOURNAL"
    if is_server; then systemctl restart systemd-journald; fi
}

# RELEASE: its units and its nginx.conf, with the two processes at PORTS.
put_files() {
    for unit in otonom@.service otonom-periodic.timer otonom-backup.timer; do
        put "$1/site/deploy/$unit" "$UNITS/$unit"
    done
    keep_logs "$1/site/deploy/journald.conf"
    [ ! -e "$NGINX_CONF" ] || cp "$NGINX_CONF" "$NGINX_CONF.before"
    put "$1/site/deploy/nginx.conf" "$NGINX_CONF"
    # shellcheck disable=SC2086  # two words
    set -- $PORTS
    sed -i "s/127\.0\.0\.1:8001\([ ;]\)/127.0.0.1:$1\1/; s/127\.0\.0\.1:8002\([ ;]\)/127.0.0.1:${2:-$1}\1/" "$NGINX_CONF"
    systemctl daemon-reload
    if ! nginx -t -q; then
        [ ! -e "$NGINX_CONF.before" ] || mv "$NGINX_CONF.before" "$NGINX_CONF"
        stop "nginx refuses the configuration (above); it goes on with the one before."
    fi
    rm -f "$NGINX_CONF.before"
}
