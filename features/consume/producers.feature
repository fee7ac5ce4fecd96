@P3
Feature: What a consumer publishes is kept as safe as what it was given

  Background:
    Given the consumer under test is handling events

  Rule: what it has done is announced by a producer that neither loses nor repeats

    @C1 @D1 @D2 @D5 @consumer @outputs @control
    Scenario: events are handled and announced
      Then its producers ask for full acknowledgement
      And its producers are idempotent
      And its outputs follow from committed effects
      And every event is a CloudEvent
      And no two events share a source and an id
      And only declared topics are written and read
      And each topic holds the events of one domain
