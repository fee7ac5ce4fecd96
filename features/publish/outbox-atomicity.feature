@P1
Feature: Publishing is atomic with the change that it announces

  Background:
    Given the publisher under test is taking orders

  Rule: what was committed is published, whatever dies in between

    @P2 @polling @W3
    Scenario: the relay dies while the broker is out of reach
      When the relay is killed while a committed change is not published yet
      Then every committed order is published
      And events of one order keep their order

    @P2 @debezium @W3
    Scenario: the connector is restarted while the broker is out of reach
      When the connector is restarted while a committed change is not published yet
      Then every committed order is published
      And events of one order keep their order

    @P2 @polling @debezium @W4
    Scenario: the broker stores a record and its acknowledgement is lost
      When a stored record is not acknowledged
      Then every committed order is published
      And copies of an event are identical

    @P2 @polling @W4
    Scenario: the relay dies before it hears that its record is stored
      When the relay is killed while a stored record is not acknowledged
      Then every committed order is published
      And copies of an event are identical

    @P2 @D2 @polling @W5
    Scenario: the relay dies after publishing and before marking
      When the relay is killed while a published record is not marked yet
      Then every committed order is published
      And copies of an event are identical
      And every event is a CloudEvent
      And no two events share a source and an id

    @P2 @polling @W5
    Scenario: the relay loses its session after publishing and before marking
      When the database ends the session while a published record is not marked yet
      Then every committed order is published
      And copies of an event are identical

    @P2 @polling @W9
    Scenario: the database crashes under a relay that has claimed work
      When the database crashes while the relay has claimed work
      Then every committed order is published
      And publishing goes on within its bound

    @P2 @D2 @debezium @W10
    Scenario: the connector’s worker dies before its position is stored
      When the connector’s worker is killed while a published record’s position is not stored yet
      Then every committed order is published
      And copies of an event are identical
      And every event is a CloudEvent
      And no two events share a source and an id

    @P2 @debezium @W11
    Scenario: the connector loses its position in the database
      When the stream’s position in the database is lost
      Then every committed order is published
      And copies of an event are identical

    @P2 @debezium @W12
    Scenario: the database ends the connector’s stream
      When the database ends the stream while changes are streamed
      Then every committed order is published
      And publishing goes on within its bound

    @P2 @debezium @W12
    Scenario: the connector is restarted in mid-stream
      When the connector is restarted while changes are streamed
      Then every committed order is published
      And publishing goes on within its bound

  Rule: what was rolled back is never published

    @polling @debezium @W1
    Scenario: the database ends the session while the commit is waiting
      When the database ends the session while a commit has not taken effect yet
      Then nothing is published that was not committed
      And an order and its event are one transaction

    @polling @W1
    Scenario: the service dies while the commit is waiting
      When the service is killed while a commit has not taken effect yet
      Then nothing is published that was not committed
      And every committed order is published

    @polling @debezium @W6
    Scenario: a transaction stays open for several cycles of the relay
      When a commit is held back and others go on
      Then nothing is published before its commit
      And nothing is published that was not committed

  Rule: an order is not committed without its event

    @polling @outbox @outbox-refused
    Scenario: the outbox takes no event for a while
      When the outbox takes no event of an order
      Then every committed order is published
      And an order and its event are one transaction
      And answers to clients are true

  Rule: a change that commits late is not passed over

    @polling @debezium @W7
    Scenario: an earlier id commits after later ones were published
      When a change commits later than younger ones
      Then every committed order is published
      And publishing goes on within its bound

  Rule: changes of one order that overlap are published as they were committed

    @polling @W28
    Scenario: of two changes of an order the one that began first commits last
      When of two changes that overlap the later one commits first
      Then events of one order keep their order
      And every committed order is published

  Rule: a client in doubt finds out what happened

    @polling @W2
    Scenario: the commit takes effect and its answer is lost
      When the answer to a commit is lost
      Then answers to clients are true
      And every committed order is published

  Rule: relays that share an outbox keep the order of each aggregate

    @P2 @polling @W8
    Scenario: one of two relays is stuck with what it claimed
      When one of two relays is stuck with its work
      Then events of one order keep their order
      And copies of an event are identical
      And publishing goes on within its bound

    @P2 @polling @W8a
    Scenario: one of two relays dies with what it claimed
      When the relay at work is killed while one of two relays has not marked what it published
      Then every committed order is published
      And copies of an event are identical
      And publishing goes on within its bound

  Rule: a request that is refused does not change the order

    @P2 @polling @W25
    Scenario: the broker refuses one request and takes later ones
      When the broker refuses one request and takes later ones
      Then events of one order keep their order
      And every committed order is published
      And copies of an event are identical

    @P2 @polling @W25a
    Scenario: the broker rejects one request for good and takes later ones
      When the broker rejects one request for good and takes later ones
      Then events of one order keep their order
      And every committed order is published
      And copies of an event are identical

  Rule: one answer that does not come, or comes late, costs nothing

    @P2 @polling @W4a
    Scenario: one record is stored and its acknowledgement is lost
      When the broker stores the next record on "{topic}" but its acknowledgement is lost
      Then every committed order is published
      And copies of an event are identical
      And events of one order keep their order

    @P2 @polling @W4b
    Scenario: one record is stored and its acknowledgement is late
      When the broker stores the next record on "{topic}" but its acknowledgement is late
      Then every committed order is published
      And copies of an event are identical

  Rule: a publisher at rest keeps nothing back

    @debezium @W26
    Scenario: others write while no order comes
      When others write while nothing is to be published
      Then publishing goes on within its bound
      And every committed order is published

    @debezium @W26a
    Scenario: others write while no order comes, after the connector was restarted
      When others write after a restart while nothing is to be published
      Then publishing goes on within its bound
      And every committed order is published

  Rule: without faults everything simply works

    @P2 @P3 @P4 @D1 @D2 @D5 @polling @debezium @control
    Scenario: orders are placed and published
      Then every committed order is published
      And events carry the committed payload
      And events say what their transaction wrote
      And events say what the captured row says
      And copies of an event are identical
      And its producers ask for full acknowledgement
      And its producers are idempotent
      And no event is larger than 1 MB
      And every event is a CloudEvent
      And no two events share a source and an id
      And only declared topics are written and read
      And each topic holds the events of one domain
