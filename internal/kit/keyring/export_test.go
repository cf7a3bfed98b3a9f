package keyring

// LightenPassphrases makes guesses at passphrases cheap.
func LightenPassphrases() { workFactor = 10 }
