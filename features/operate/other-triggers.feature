@O1
Feature: Other triggers of the same scaler have the same shape

  Background:
    Given the consumer under test is scaled by its lag

  Rule: whatever tells how much there is to do, nothing is missed

    @scaling @prometheus
    Scenario: a metric tells how much waits
      When its scaler asks a Prometheus how much waits
      Then nothing runs while there is nothing to do
      And it is woken by its scaler when too much waits
      And what came while nothing ran is handled
      And as many consumers run as the work asks for
      And it goes back to zero when the work is done, not before

    @scaling @cron @slow
    Scenario: it runs by the clock
      When its scaler goes by the clock
      Then nothing runs while there is nothing to do
      And it is woken by its scaler when too much waits
      And what came while nothing ran is handled
      And it goes back to zero when the work is done, not before
