@O1
Feature: Consumers run when there is work, as many as it needs, and not otherwise

  Background:
    Given the consumer under test is scaled by its lag

  Rule: from zero to many and back, nothing is missed

    @scaling @control
    Scenario: work comes, grows, and is done
      Then nothing runs while there is nothing to do
      And it is woken by its scaler when too much waits
      And what came while nothing ran is handled
      And it goes back to zero when the work is done, not before
      And no more consumers run than can have work
      And every event takes effect once, whoever comes and goes
