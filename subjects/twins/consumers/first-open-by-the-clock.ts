import { runByKey } from '../by-key.ts'

// B105: commits now and then, up to the first record that is not done yet.
runByKey(({ waiting, next }, { open: [first] }) => first ?? waiting[0]?.offset ?? next)
