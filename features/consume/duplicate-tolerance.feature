@C1
Feature: Handling an event takes effect exactly once

  Background:
    Given the consumer under test is handling events

  Rule: what was delivered takes effect once, whatever dies in between

    @C5 @consumer @offsets @W13
    Scenario: the consumer dies when its effect is durable and its progress is not
      When the consumer is killed while an effect is durable and its progress is not stored
      Then every event takes effect exactly once
      And no offset is committed before its effect is durable
      And its outputs follow from committed effects

    @C5 @consumer @W14
    Scenario: the consumer dies before its effect is durable
      When the consumer is killed while an effect is not durable yet
      Then every event takes effect exactly once
      And no offset is committed before its effect is durable
      And its outputs follow from committed effects

    @C5 @consumer @W14
    Scenario: the database ends the consumer’s session before its effect is durable
      When the database ends the session while an effect is not durable yet
      Then every event takes effect exactly once
      And no offset is committed before its effect is durable

    @C5 @consumer @stop
    Scenario: the consumer is told to end in the middle of its work
      When the consumer is told to end while an effect is not durable yet
      Then every event takes effect exactly once
      And no offset is committed before its effect is durable

  Rule: what it has done is announced once, whatever dies in between

    @consumer @outputs @W30
    Scenario: the consumer dies when its effect is durable and its output is not
      When the consumer is killed while an effect is durable and its output is not stored
      Then its outputs follow from committed effects
      And every event takes effect exactly once

    @consumer @outputs @W30a
    Scenario: the consumer dies before it hears that its output is stored
      When the consumer is killed while an output is stored and not acknowledged
      Then its outputs follow from committed effects
      And every event takes effect exactly once

    @consumer @outputs @W30b
    Scenario: the consumer dies before it hears that its effect is durable
      When the consumer is killed while an effect has just become durable
      Then its outputs follow from committed effects
      And every event takes effect exactly once

  Rule: a consumer lives through what is out of reach for a while

    @C5 @consumer @database-out-of-reach
    Scenario: the database is out of reach for a while
      When the database is out of reach for a while
      Then every event takes effect exactly once

    @C5 @consumer @broker-out-of-reach
    Scenario: the broker is out of reach for a while
      When the broker is out of reach for a while
      Then every event takes effect exactly once

    @C2 @consumer @calls @outside-out-of-reach
    Scenario: what the consumer calls is unavailable for a while
      When what it calls is unavailable for a while
      Then every event takes effect exactly once
      And every event takes effect once or is a dead letter

    @C5 @consumer @offsets @progress-refused
    Scenario: the broker refuses the consumer’s progress for a while
      When its progress is refused for a while
      Then every event takes effect exactly once

  Rule: a copy changes nothing, whenever and wherever it comes

    @consumer @W18 @W18-adjacent
    Scenario: a copy follows its event at once
      When an event comes twice in a row
      Then every event takes effect exactly once

    @consumer @W18 @W18-late
    Scenario: a copy comes after newer events of its key
      When an event comes again after newer ones of its key
      Then every event takes effect exactly once
      And a copy is recognised however late it comes
      And the version of an entity never goes down

    @consumer @W18 @W18-concurrent
    Scenario: copies of an event are handled by two instances at once
      When two instances get the same event at once
      Then every event takes effect exactly once

    @consumer @W18 @W18-restart
    Scenario: a copy comes after its consumer was restarted
      When an event comes again after a restart
      Then every event takes effect exactly once

    @C3 @consumer @W18 @W18-rebalance
    Scenario: a copy comes to another instance than its event
      When an event comes again to another instance
      Then every event takes effect exactly once

    @C2 @consumer @retry @W18 @W18-redrive
    Scenario: a dead letter is redriven twice
      When a dead letter comes again twice
      Then every event takes effect exactly once

  Rule: the id of an event decides, and nothing else

    @consumer @W18 @W18-body
    Scenario: an event’s id comes again with another body
      When an event’s id comes again with another body
      Then every event takes effect exactly once

    @consumer @W18 @W18-id
    Scenario: another event has the same body
      When another event comes with the same body
      Then events with different ids are different events
      And every event takes effect exactly once

  Rule: what was delivered is what counts

    @C5 @consumer @offsets @cold-start
    Scenario: a consumer comes whose group has no progress
      When events wait for a group that has no progress
      Then every event takes effect exactly once

    @consumer @aborted-transaction
    Scenario: an event was taken back by its publisher
      When an event’s Kafka transaction is aborted
      Then every event takes effect exactly once

  Rule: progress is stored after the effect

    @C5 @consumer @W15
    Scenario: an effect takes longer than clients wait before they store their progress
      When an effect is held back
      Then no offset is committed before its effect is durable
      And every event takes effect exactly once
      And its outputs follow from committed effects

  Rule: without faults every event takes effect once

    @consumer @control
    Scenario: events are handled
      Then every event takes effect exactly once
      And effects say what their events said
      And an event id is stored in the transaction of its effect
      And the version of an entity never goes down
