@O1
Feature: Consumers run when there is work, as many as it needs, and not otherwise

  Background:
    Given the consumer under test is scaled by its lag

  Rule: from zero to many and back, nothing is missed

    @scaling @control @W24
    Scenario: work comes, grows, and is done
      Then nothing runs while there is nothing to do
      And it is woken by its scaler when too much waits
      And what came while nothing ran is handled
      And as many consumers run as the work asks for
      And it goes back to zero when the work is done, not before
      And no more consumers run than can have work
      And every event takes effect once, whoever comes and goes
      And its manifests ask for what is claimed

  Rule: pods may go at any moment

    @scaling @W24a
    Scenario: a pod is killed in the middle of its work
      When the pod is killed while a pod is in the middle of an effect
      Then every event takes effect once, whoever comes and goes
      And it goes back to zero when the work is done, not before

    @scaling @W24a
    Scenario: a pod is told to stop in the middle of its work
      When the pod is told to stop while a pod is in the middle of an effect
      Then every event takes effect once, whoever comes and goes
      And it goes back to zero when the work is done, not before

    @scaling @W24d
    Scenario: work takes longer than the scaler waits before it scales to zero
      When work takes longer than it may be idle
      Then it goes back to zero when the work is done, not before
      And every event takes effect once, whoever comes and goes

  Rule: the scaler may be cut off, and comes back

    @scaling @W24b
    Scenario: more comes than may wait while the scaler can not reach the broker
      When the scaler is cut off from the broker
      Then it is woken by its scaler when too much waits
      And what came while nothing ran is handled

    @scaling @W24f
    Scenario: the scaler can not reach the broker for long, while consumers work
      When the scaler is cut off while consumers work
      Then it goes back to zero when the work is done, not before
      And every event takes effect once, whoever comes and goes

    @scaling @W24c
    Scenario: nobody tells the autoscaler how much waits
      When the scaler’s metrics are gone when more consumers are needed
      Then it is woken by its scaler when too much waits
      And as many consumers run as the work asks for
      And every event takes effect once, whoever comes and goes

  Rule: a long silence changes nothing

    @scaling @W24e
    Scenario: work comes again after all that was known of earlier work has expired
      When so long nothing comes that records and progress expire
      Then nothing runs while there is nothing to do
      And it is woken by its scaler when too much waits
      And what came while nothing ran is handled
