@P1
Feature: An event that can never be published blocks and loses nothing

  Background:
    Given the publisher under test is taking orders

  Rule: one bad row does not stop the others

    @P4 @polling @outbox @A19
    Scenario: an event outgrows what the broker takes
      When an event is larger than the broker takes
      Then publishing goes on within its bound
      And every committed order is published
      And no event is larger than 1 MB

    @polling @outbox @A11
    Scenario: an event is damaged beyond reading
      When an event can not be read by its relay
      Then publishing goes on within its bound
      And every committed order is published
      And events of one order share a partition
