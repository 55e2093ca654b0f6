# Builds Aquarium and puts it into a small image of its own.
FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY . .
RUN cargo build --release --locked

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data aquarium \
    && install -d -o aquarium -g aquarium /data
COPY --from=build /build/target/release/aquarium /usr/local/bin/aquarium
USER aquarium
VOLUME /data
EXPOSE 8080
# The image has no client of its own; the shell asks the health page.
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s \
    CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["aquarium", "--data", "/data", "--listen", "0.0.0.0:8080"]
