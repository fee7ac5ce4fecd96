"""Rooms: keeps one for each booking. Offsets are committed after the database has it."""
import json
import os
import signal
import time

import psycopg
from confluent_kafka import Consumer, KafkaError, KafkaException

TABLES = """
CREATE TABLE IF NOT EXISTS rooms (booking_no text NOT NULL, event_id text NOT NULL, price integer NOT NULL);
CREATE TABLE IF NOT EXISTS handled (event_id text PRIMARY KEY);
"""
running = True


class Database:
    """One connection, opened again where it was lost; what failed is done again until it is done."""

    connection = None

    def keep(self, work):
        while True:
            try:
                if self.connection is None or self.connection.closed:
                    self.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
                with self.connection.transaction():
                    return work(self.connection)
            except psycopg.Error as error:
                print("database", error, flush=True)
                time.sleep(0.5)


def stop(*_):
    global running
    running = False


def handle(connection, event):
    first = connection.execute("INSERT INTO handled VALUES (%s) ON CONFLICT DO NOTHING", (event["eventId"],))
    if first.rowcount == 1:
        connection.execute(
            "INSERT INTO rooms (booking_no, event_id, price) VALUES (%s, %s, %s)",
            (event["booking"], event["eventId"], event["price"]),
        )


def committed():
    """Of all that was polled. What a rebalance refused is committed in the next round, also where no other message comes."""
    try:
        consumer.commit(asynchronous=False)
    except KafkaException as error:
        if error.args[0].code() == KafkaError._NO_OFFSET:
            return True
        print("commit", error, flush=True)
        return False
    return True


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
database = Database()
database.keep(lambda connection: connection.execute("SELECT pg_advisory_xact_lock(1)") and connection.execute(TABLES))
consumer = Consumer(
    {
        "bootstrap.servers": os.environ["KAFKA_BROKERS"],
        "client.id": "rooms",
        "group.id": "rooms",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "partition.assignment.strategy": "cooperative-sticky",
    }
)
consumer.subscribe(["bookings"], on_assign=lambda *_: print("assigned", flush=True))
done = True
try:
    while running:
        message = consumer.poll(0.5)
        if message is not None and message.error():
            print("kafka", message.error(), flush=True)
        elif message is not None:
            event = json.loads(message.value())
            database.keep(lambda connection: handle(connection, event))
            done = False
        done = done or committed()
finally:
    consumer.close()
