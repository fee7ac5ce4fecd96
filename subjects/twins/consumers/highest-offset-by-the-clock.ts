import { runByKey } from '../by-key.ts'

// C64: commits now and then, behind the highest record that is done; what is open in front of it is lost with the process.
runByKey((_, { highest }) => highest)
