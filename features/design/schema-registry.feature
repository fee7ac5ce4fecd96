@D3
Feature: Schemas of events are versioned in a registry

  Background:
    Given the publisher under test is taking orders

  Rule: each event says by which schema it is written

    @registry @control @schema-ids
    Scenario: orders are published through a schema registry
      Then every event is written by a schema that its subject had before

  Rule: nothing is lost while the registry is away, and nothing is written past it

    @registry @polling @debezium @W27
    Scenario: the registry goes away while orders come
      When the schema registry is out of reach
      Then every committed order is published
      And every event is written by a schema that its subject had before

    @registry @polling @W27a
    Scenario: the relay starts while the registry is away
      When the relay starts while the schema registry is out of reach
      Then every committed order is published
      And every event is written by a schema that its subject had before
