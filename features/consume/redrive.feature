@C2 @O3
Feature: Dead letters come back

  Background:
    Given the consumer under test is handling events

  Rule: a dead letter whose cause is gone takes effect once

    @C1 @consumer @retry @redrive @redrive-approved
    Scenario: a dead letter is approved by hand when its cause is gone
      When a dead letter is approved when its cause is gone
      Then a redriven dead letter takes effect
      And the documented procedure brings it back, followed as it is written
      And every event takes effect exactly once

  Rule: a dead letter that fails after every redrive is put aside

    @D2 @consumer @retry @redrive @parking-lot
    Scenario: dead letters are redriven by schedule and fail each time
      When dead letters fail after every redrive
      Then a dead letter that fails after every redrive is put aside
      And a dead letter produces no further dead letters
      And an event that cannot be handled becomes a dead letter
      And every event is a CloudEvent
