"""What touches the outside: the TopstepX client and the simulator. They decide nothing."""
