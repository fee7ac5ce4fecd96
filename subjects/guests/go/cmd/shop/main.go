// Shop sells tickets over HTTP and announces each on Kafka, by an outbox table in the same transaction.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

const tables = `
CREATE TABLE IF NOT EXISTS tickets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, holder text NOT NULL, price bigint NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ticket_id bigint NOT NULL, payload bytea NOT NULL,
  published boolean NOT NULL DEFAULT false, refused boolean NOT NULL DEFAULT false)`

// sending tells which events were refused for good.
type sending func(context.Context, *kgo.Client, []*kgo.Record) ([]int64, error)

type ticket struct {
	ID     int64  `json:"id"`
	Holder string `json:"holder"`
	Price  int64  `json:"price"`
}

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
		kgo.ClientID("tickets"),
		kgo.DefaultProduceTopic("tickets"),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("POST /tickets", func(w http.ResponseWriter, r *http.Request) {
		var asked ticket
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if err := sell(r.Context(), pool, &asked); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(asked)
	})
	host := cmp.Or(os.Getenv("HOST"), "127.0.0.1")
	server := &http.Server{Addr: net.JoinHostPort(host, os.Getenv("PORT")), Handler: mux}
	go func() {
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()

	send := acknowledged
	if slices.Contains(os.Args, "hasty") {
		send = hasty
	}
	for ctx.Err() == nil {
		sent, err := relay(ctx, pool, client, send)
		if err != nil && ctx.Err() == nil {
			log.Print("relay: ", err)
		}
		if sent == 0 {
			select {
			case <-ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
	_ = server.Shutdown(context.Background())
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

func sell(ctx context.Context, pool *pgxpool.Pool, t *ticket) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		insert := "INSERT INTO tickets (holder, price) VALUES ($1, $2) RETURNING id"
		if err := tx.QueryRow(ctx, insert, t.Holder, t.Price).Scan(&t.ID); err != nil {
			return err
		}
		payload, err := json.Marshal(t)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO outbox (ticket_id, payload) VALUES ($1, $2)", t.ID, payload)
		return err
	})
}

// hasty puts records into the client's buffer and goes on, as Produce is documented; what becomes of them is logged.
func hasty(ctx context.Context, client *kgo.Client, records []*kgo.Record) ([]int64, error) {
	for _, record := range records {
		client.Produce(ctx, record, func(_ *kgo.Record, err error) {
			if err != nil {
				log.Print("produce: ", err)
			}
		})
	}
	return nil, nil
}

// acknowledged waits for each record. What the broker will never take is put aside; else it would hold up all the others.
func acknowledged(ctx context.Context, client *kgo.Client, records []*kgo.Record) ([]int64, error) {
	var refused []int64
	for _, result := range client.ProduceSync(ctx, records...) {
		switch {
		case errors.Is(result.Err, kerr.MessageTooLarge), errors.Is(result.Err, kerr.InvalidRecord):
			id, err := strconv.ParseInt(string(result.Record.Headers[0].Value), 10, 64)
			if err != nil {
				return nil, err
			}
			refused = append(refused, id)
		case result.Err != nil:
			return nil, result.Err
		}
	}
	return refused, nil
}

// relay sends what waits. Rows stay locked until they are marked, so that a second instance takes others.
func relay(ctx context.Context, pool *pgxpool.Pool, client *kgo.Client, send sending) (int, error) {
	var ids []int64
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id, ticket_id, payload FROM outbox
			WHERE NOT published AND NOT refused ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED`)
		if err != nil {
			return err
		}
		var records []*kgo.Record
		var id, ticketID int64
		var payload []byte
		_, err = pgx.ForEachRow(rows, []any{&id, &ticketID, &payload}, func() error {
			ids = append(ids, id)
			records = append(records, &kgo.Record{
				Key:     []byte(strconv.FormatInt(ticketID, 10)),
				Value:   append([]byte(nil), payload...),
				Headers: []kgo.RecordHeader{{Key: "event_id", Value: []byte(strconv.FormatInt(id, 10))}},
			})
			return nil
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		refused, err := send(ctx, client, records)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE outbox SET published = id <> ALL ($2), refused = id = ANY ($2)
			WHERE id = ANY ($1)`, ids, append([]int64{}, refused...))
		return err
	})
	if err != nil {
		return 0, err
	}
	return len(ids), nil
}
