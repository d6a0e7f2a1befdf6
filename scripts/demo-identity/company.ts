/** The company's own domain; `.example` is nobody's (RFC 2606). */
export const DOMAIN = 'acme-works.example'
/** How many people its directory has. */
export const PEOPLE = 500

/** Departments as the directory calls them, and how many of the people are in each. */
export const DEPARTMENTS = { 'Platform admins': 4, Engineering: 196, 'Field sales': 300 } as const
export type Department = keyof typeof DEPARTMENTS

/** Somebody of the directory. */
export interface Person {
  readonly email: string
  readonly givenName: string
  readonly familyName: string
  readonly department: Department
}

const GIVEN = ['Ada', 'Bela', 'Chen', 'Dora', 'Emre', 'Fay', 'Goro', 'Hana', 'Ivo', 'Jun']
const FAMILY = ['Abel', 'Brandt', 'Cruz', 'Dietz', 'Eng', 'Faber', 'Gray', 'Huber', 'Ito', 'Jansen']

const departmentOf = (number: number): Department => {
  if (number < DEPARTMENTS['Platform admins']) return 'Platform admins'
  return number < DEPARTMENTS['Platform admins'] + DEPARTMENTS.Engineering ? 'Engineering' : 'Field sales'
}

/** Everybody of the directory; each has an address of their own. */
export const DIRECTORY: readonly Person[] = Array.from({ length: PEOPLE }, (_, number) => {
  const [givenName, familyName] = [GIVEN[number % 10]!, FAMILY[Math.floor(number / 10) % 10]!]
  const email = `${givenName}.${familyName}${Math.floor(number / 100) || ''}@${DOMAIN}`.toLowerCase()
  return { email, givenName, familyName, department: departmentOf(number) }
})

/** People of a department, in the directory's order. */
export const peopleOf = (department: Department): Person[] =>
  DIRECTORY.filter((person) => person.department === department)

const [security, operations] = peopleOf('Platform admins')
const [engineer] = peopleOf('Engineering')

/** Who does what in the demo. */
export const CAST = {
  /** Works, and leaves. */
  engineer: engineer!,
  /** Stops an extension. */
  security: security!,
  /** Signs a command in. */
  operations: operations!,
  /** Is to be let go by nobody's leave. */
  stays: peopleOf('Engineering').at(-2)!,
  /** Is erased. */
  erased: peopleOf('Engineering').at(-1)!,
} as const

/** Somebody whom the provider signs in, and whom the directory has not told of. */
export const STRANGER: Person = {
  ...{ email: `guest@${DOMAIN}`, givenName: 'Gil', familyName: 'Guest', department: 'Engineering' },
}

/** What a provider calls somebody. */
export const nameOf = ({ givenName, familyName }: Person): string => `${givenName} ${familyName}`
