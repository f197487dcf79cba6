"""The jobs, one module per verb: they string the stages together and do nothing else."""
