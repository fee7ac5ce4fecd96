@C1
Feature: Handling an event takes effect exactly once

  Background:
    Given the consumer under test is handling events

  Rule: what was delivered takes effect once, whatever dies in between

    @C5 @consumer @W13
    Scenario: the consumer dies when its effect is durable and its progress is not
      When the consumer is killed while an effect is durable and its progress is not stored
      Then every event takes effect exactly once
      And no progress is stored before its effect is durable

    @C5 @consumer @W14
    Scenario: the consumer dies before its effect is durable
      When the consumer is killed while an effect is not durable yet
      Then every event takes effect exactly once
      And no progress is stored before its effect is durable

    @C5 @consumer @W14
    Scenario: the database ends the consumer’s session before its effect is durable
      When the database ends the consumer’s session while an effect is not durable yet
      Then every event takes effect exactly once
      And no progress is stored before its effect is durable

  Rule: progress is stored after the effect

    @C5 @consumer @W15
    Scenario: an effect takes longer than clients wait before they store their progress
      When an effect is held back
      Then no progress is stored before its effect is durable
      And every event takes effect exactly once

  Rule: without faults every event takes effect once

    @C5 @consumer @control
    Scenario: events are handled
      Then every event takes effect exactly once
      And an event is remembered in the transaction of its effect
      And no progress is stored before its effect is durable
