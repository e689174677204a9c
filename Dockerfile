# Built with the scripts and package lists that developers use; runs as a user of its own.
#   docker build --tag osrbot .
#   docker run --rm -it osrbot                                           a conversation in the terminal
#   docker run --detach --name osrbot --volume osrbot:/var/lib/osrbot --env OSRBOT_TELEGRAM_TOKEN \
#              --restart unless-stopped --stop-timeout 45 osrbot         a team on Telegram

FROM debian:bookworm-slim AS build
WORKDIR /source
COPY scripts/install scripts/packages.txt scripts/
RUN scripts/install build && rm -rf /var/lib/apt/lists/*
COPY . .
RUN scripts/build-release osrbot && cmake --install build/release --prefix /installed --strip

FROM debian:bookworm-slim
COPY scripts/install scripts/packages.txt /installer/scripts/
RUN /installer/scripts/install run \
    && rm -rf /installer /var/lib/apt/lists/* \
    && groupadd --gid 10001 osrbot \
    && useradd --uid 10001 --gid osrbot --home-dir /var/lib/osrbot --no-create-home --shell /usr/sbin/nologin osrbot \
    && install --directory --mode 700 --owner osrbot --group osrbot /var/lib/osrbot
COPY --from=build /installed/ /usr/local/

# A number, because of a name Kubernetes (runAsNonRoot) cannot tell whether it is root.
USER 10001:10001
WORKDIR /var/lib/osrbot
VOLUME /var/lib/osrbot
# The server listens inside the container, where the health check asks it; publish it by another address and --publish.
ENV OSRBOT_DB=/var/lib/osrbot/osrbot.db \
    OSRBOT_HTTP_ADDRESS=127.0.0.1:8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["osrbot", "health"]
ENTRYPOINT ["osrbot"]
