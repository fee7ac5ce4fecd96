@D3
Feature: Schemas of events are versioned in a registry

  Background:
    Given the publisher under test is taking orders

  Rule: each event says by which schema it is written

    @registry @control @schema-ids
    Scenario: orders are published through a schema registry
      Then every event is written by a schema that its subject had before

  Rule: nothing is lost while the registry is away or fails, and nothing is written past it

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

    @registry @polling @W27b
    Scenario: the relay starts while the registry fails
      When the relay starts while the schema registry answers with errors
      Then every committed order is published
      And every event is written by a schema that its subject had before

    @registry @polling @W27c
    Scenario: the relay starts while the registry is slow
      When the relay starts while the schema registry is slow
      Then every committed order is published
      And every event is written by a schema that its subject had before

  Rule: nothing is lost where a schema can not be registered, or not be found, any more

    @registry @own-subject @polling @debezium @W27d
    Scenario: the schema is deleted while orders come
      When the schema of its events is deleted
      Then every committed order is published
      And every event is written by a schema that its subject had before

    @registry @polling @W27e
    Scenario: the relay starts where schemas are not registered by producers
      When the relay starts while the schema registry takes no new schema
      Then every committed order is published
      And every event is written by a schema that its subject had before
