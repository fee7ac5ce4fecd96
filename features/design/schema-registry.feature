@D3
Feature: Schemas of events are versioned in a registry

  Rule: each event says by which schema it is written

    @registry @control
    Scenario: orders are published through a schema registry
      Given the publisher under test is taking orders
      Then every event is written by a schema that its subject had before
