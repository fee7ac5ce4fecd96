@C3
Feature: A group that changes loses nothing and does nothing twice

  Background:
    Given the consumer under test is handling events

  Rule: a member that lost its partitions does no harm

    @C1 @C5 @consumer @expiry @W16
    Scenario: a member stands still beyond its session and wakes up in the middle of its work
      When a member that lost its partitions goes on with its work
      Then every event takes effect exactly once
      And no progress is stored before its effect is durable

    @C1 @C5 @consumer @expiry @W17
    Scenario: a member works longer than the group waits for it
      When work takes longer than the group waits for
      Then every event takes effect exactly once
      And no progress is stored before its effect is durable
