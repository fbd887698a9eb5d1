"""What is measured, against whom, and how: each module has `measure() -> list[Race]`; `python -m benchmarks` runs them all."""
