# The images that are pulled where a registry answers. A file of FROM lines, so that update bots read it; nothing is
# built from it. The name behind AS is ours.
FROM postgres:18.4 AS postgres
FROM confluentinc/cp-kafka:8.3.1 AS kafka
FROM quay.io/debezium/connect:3.7.0.Final AS connect
FROM apicurio/apicurio-registry:3.3.3 AS schema-registry
FROM ghcr.io/shopify/toxiproxy:2.12.0 AS toxiproxy
