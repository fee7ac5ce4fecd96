"""A shop: takes bookings over HTTP and announces each on Kafka, by an outbox table in the same transaction."""
import json
import os
import signal
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
from confluent_kafka import Producer

DATABASE = os.environ["DATABASE_URL"]
TABLES = """
CREATE TABLE IF NOT EXISTS bookings (
    booking_no text PRIMARY KEY, guest text NOT NULL, price integer NOT NULL, booked_at timestamptz DEFAULT now());
CREATE TABLE IF NOT EXISTS outbox (
    id bigserial PRIMARY KEY, event_id text NOT NULL UNIQUE, booking_no text NOT NULL, payload text NOT NULL,
    status text NOT NULL DEFAULT 'new');
"""
ending = threading.Event()


def book(guest, price):
    booking_no = uuid.uuid4().hex
    event_id = str(uuid.uuid4())
    payload = json.dumps({"eventId": event_id, "booking": booking_no, "guest": guest, "price": price})
    with psycopg.connect(DATABASE) as connection:
        connection.execute("INSERT INTO bookings (booking_no, guest, price) VALUES (%s, %s, %s)", (booking_no, guest, price))
        connection.execute(
            "INSERT INTO outbox (event_id, booking_no, payload) VALUES (%s, %s, %s)", (event_id, booking_no, payload)
        )
    return booking_no


def relay():
    producer = Producer({"bootstrap.servers": os.environ["KAFKA_BROKERS"], "client.id": "bookings", "enable.idempotence": True})
    while not ending.is_set():
        try:
            with psycopg.connect(DATABASE) as connection:
                while not ending.is_set():
                    if publish(connection, producer) == 0:
                        ending.wait(0.1)
        except psycopg.Error as error:
            print("relay", error, flush=True)
            ending.wait(0.2)


def publish(connection, producer):
    with connection.transaction():
        rows = connection.execute(
            "SELECT id, booking_no, payload FROM outbox WHERE status = 'new' ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED"
        ).fetchall()
        for _, booking_no, payload in rows:
            producer.produce("bookings", key=booking_no, value=payload)
            producer.poll(0)
        connection.execute("UPDATE outbox SET status = 'sent' WHERE id = ANY(%s)", ([row[0] for row in rows],))
        return len(rows)


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200 if self.path == "/health" else 404, {})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            self.answer(201, {"booking": book(body["guest"], body["price"])})
        except psycopg.Error as error:
            self.answer(503, {"error": str(error)})

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


with psycopg.connect(DATABASE) as first:
    first.execute("SELECT pg_advisory_xact_lock(1)")
    first.execute(TABLES)
server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Api)
server.daemon_threads = True


def end(*_):
    ending.set()
    threading.Thread(target=server.shutdown).start()


signal.signal(signal.SIGTERM, end)
signal.signal(signal.SIGINT, end)
relaying = threading.Thread(target=relay)
relaying.start()
server.serve_forever()
relaying.join()
