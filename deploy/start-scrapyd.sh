#!/bin/sh
# scrapyd in a container: the configuration with name and password from the environment. Only other containers of the
# compose file reach the port, so it listens on all addresses there.
set -eu
: "${SCRAPYD_USERNAME:?}" "${SCRAPYD_PASSWORD:?}"
cd /var/lib/resumption/scrapyd
umask 077
sed -e "s|^username = .*|username = $SCRAPYD_USERNAME|" -e "s|^password = .*|password = $SCRAPYD_PASSWORD|" \
    -e "s|^bind_address = .*|bind_address = ${SCRAPYD_BIND:-127.0.0.1}|" /opt/resumption/deploy/scrapyd.conf > scrapyd.conf
exec scrapyd
