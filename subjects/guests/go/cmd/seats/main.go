// Seats keeps one for each ticket that was sold.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/twmb/franz-go/pkg/kgo"
)

const tables = `
CREATE TABLE IF NOT EXISTS seats (ticket_id bigint NOT NULL, price bigint NOT NULL);
CREATE TABLE IF NOT EXISTS handled_events (event_id text PRIMARY KEY)`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	if err := create(ctx, pool); err != nil {
		log.Fatal(err)
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(os.Getenv("KAFKA_BROKERS")),
		kgo.ClientID("seats"),
		kgo.ConsumerGroup("seats"),
		kgo.ConsumeTopics("tickets"),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.DisableAutoCommit(),
		kgo.BlockRebalanceOnPoll(),
		kgo.OnPartitionsAssigned(func(context.Context, *kgo.Client, map[string][]int32) { log.Print("assigned") }),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer client.CloseAllowingRebalance()

	for {
		fetches := client.PollRecords(ctx, 100)
		if fetches.IsClientClosed() || ctx.Err() != nil {
			return
		}
		fetches.EachError(func(topic string, partition int32, err error) { log.Print(topic, partition, err) })
		for _, record := range fetches.Records() {
			for err := keep(ctx, pool, record); err != nil; err = keep(ctx, pool, record) {
				if ctx.Err() != nil {
					return
				}
				log.Print("seats: ", err)
				time.Sleep(200 * time.Millisecond)
			}
		}
		if err := client.CommitUncommittedOffsets(ctx); err != nil {
			log.Print("commit: ", err)
		}
		client.AllowRebalance()
	}
}

func create(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(1)"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, tables)
		return err
	})
}

func keep(ctx context.Context, pool *pgxpool.Pool, record *kgo.Record) error {
	var sold struct{ ID, Price int64 }
	if err := json.Unmarshal(record.Value, &sold); err != nil {
		return err
	}
	var event string
	for _, header := range record.Headers {
		if header.Key == "event_id" {
			event = string(header.Value)
		}
	}
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		first, err := tx.Exec(ctx, "INSERT INTO handled_events VALUES ($1) ON CONFLICT DO NOTHING", event)
		if err != nil || first.RowsAffected() == 0 {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO seats (ticket_id, price) VALUES ($1, $2)", sold.ID, sold.Price)
		return err
	})
}
