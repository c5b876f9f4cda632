"""What the proofs of storage share: a disk that fails as told, a script of a sitting, power cuts, and the contract."""
