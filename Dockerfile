# The service as an image: docker build --tag hourbook .
#
# Both stages are of Debian bookworm, so that the program finds the glibc that it was built with.

FROM rust:1-slim-bookworm AS build
# build-essential brings what the C libraries inside (SQLite, libpq, OpenSSL, AWS-LC) are built with.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin hourbook \
    && install -D --strip target/release/hourbook /out/hourbook

FROM debian:bookworm-slim
# The certificates are for a PostgreSQL whose own is signed by a public authority; the fonts are for those
# of volunteers: Chinese, letters of other scripts, rare characters.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates fonts-wqy-microhei fonts-dejavu-core \
        fonts-hanazono \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --shell /usr/sbin/nologin \
        --no-create-home --home-dir /var/lib/hourbook hourbook \
    && install --directory --mode 0700 --owner hourbook --group hourbook /var/lib/hourbook
COPY --from=build /out/hourbook /usr/local/bin/hourbook

# OpenSSL is built into the program and does not know where Debian keeps them.
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    HOURBOOK_LISTEN=0.0.0.0:8080 \
    HOURBOOK_DATA_DIR=/var/lib/hourbook
USER hourbook
WORKDIR /var/lib/hourbook
VOLUME /var/lib/hourbook
EXPOSE 8080

# There is no HTTP client in the image, and none is needed to ask one question.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["bash", "-c", "\
    port=${HOURBOOK_ADMIN_LISTEN##*:}; exec 3<>/dev/tcp/127.0.0.1/${port:-8080} && \
    printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && \
    read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["hourbook"]
CMD ["serve"]
