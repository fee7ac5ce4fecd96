import assert from 'node:assert/strict'
import { Given, type ProofWorld, Then, When } from 'eventproof/steps'
import { Client } from 'pg'

async function query(url: string, sql: string) {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

Given('the database counts each order in an audit', function (this: ProofWorld) {
  this.beforeLoad(({ database }) =>
    query(
      database.url,
      `CREATE TABLE audit (order_id text PRIMARY KEY);
       CREATE FUNCTION count_order() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN INSERT INTO audit VALUES (NEW.id); RETURN NEW; END $$;
       CREATE TRIGGER audit AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION count_order()`,
    ),
  )
})

When('an auditor reads the audit meanwhile', function (this: ProofWorld) {
  this.whileOpen(({ database }) => query(database.url, 'SELECT count(*) FROM audit'))
})

Then('the audit has counted every order', async function (this: ProofWorld) {
  const [counted] = await query(
    this.addresses.database.url,
    `SELECT count(*) AS orders, count(audit.order_id) AS audited
     FROM orders LEFT JOIN audit ON audit.order_id = orders.id::text`,
  )
  assert.ok(counted.orders > 0)
  assert.equal(counted.audited, counted.orders)
})
