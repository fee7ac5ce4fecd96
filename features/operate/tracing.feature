@O4 @tracing
Feature: One trace follows an event from its cause to its effect

  Rule: a trace is neither cut nor begun anew, whatever dies in between

    @polling
    Scenario: a trace leads through a relay that dies after publishing
      Given the publisher under test is taking orders
      When the relay is killed while a published record is not marked yet
      Then one trace leads from an event’s cause to its effect
      And each record carries one valid trace context
      And a trace that is not sampled stays so
      And spans tell of each effect, with their right parents

    @debezium
    Scenario: a trace leads through a connector that is restarted
      Given the publisher under test is taking orders
      When the connector is restarted while changes are streamed
      Then one trace leads from an event’s cause to its effect
      And each record carries one valid trace context
      And a trace that is not sampled stays so
      And spans tell of each effect, with their right parents

    @consumer @outputs
    Scenario: a trace leads through a consumer that dies to what it publishes
      Given the consumer under test is handling events
      When the consumer is killed while an effect is durable and its progress is not stored
      Then one trace leads from an event’s cause to its effect
      And each record carries one valid trace context
      And a trace that is not sampled stays so
      And spans tell of each effect, with their right parents

    @consumer @delays @retry
    Scenario: a trace leads through retries of a consumer that dies
      Given the consumer under test is handling events
      When the consumer is killed while a retry waits until it is due
      Then one trace leads from an event’s cause to its effect
      And each record carries one valid trace context
      And a trace that is not sampled stays so
      And spans tell of each effect, with their right parents

    @consumer @retry @redrive
    Scenario: a trace leads through the dead letters and back
      Given the consumer under test is handling events
      When a dead letter is approved when its cause is gone
      Then one trace leads from an event’s cause to its effect
      And each record carries one valid trace context
      And a trace that is not sampled stays so
      And spans tell of each effect, with their right parents
