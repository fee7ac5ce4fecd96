@D3
Feature: Consumers keep to the schemas of a registry

  Background:
    Given the consumer under test is handling events

  Rule: what a consumer publishes says by which schema it is written

    @consumer @outputs-registry @control @schema-ids
    Scenario: events are handled and answered through a schema registry
      Then every event is written by a schema that its subject had before

  Rule: an event that no schema explains is kept, and nobody waits for it

    @C2 @consumer @event-registry @retry @W19c
    Scenario: events come that no schema explains
      When events name schemas that nobody knows, or none
      Then an event that cannot be handled becomes a dead letter
      And a dead letter is the original and says why it is there
      And an event that no retry can help is tried once
      And a failing event holds up no others
      And every event takes effect once or is a dead letter
