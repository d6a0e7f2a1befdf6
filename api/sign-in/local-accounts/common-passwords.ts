/** What the commonest passwords are made of, in the lists of those that leaked: they are refused with any ending, and repeated. */
export const COMMON_STEMS: ReadonlySet<string> = new Set(
  `password passwort passwd motdepasse contrasena parola senha wachtwoord qwerty qwertyuiop qwertz qwertzuiop azerty azertyuiop
  asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc iloveyou iloveyouforever loveyou ilovegod letmein letmeinnow
  welcome willkommen bienvenue welcomehome admin administrator adminadmin root superuser changeme changemenow changeit default
  secret topsecret mysecret mypassword thisismypassword newpassword temppassword temporary test testing testtest guest login user
  username access master monkey dragon football baseball basketball soccer hockey superman batman spiderman princess sunshine
  shadow michael jennifer jordan michelle daniel charlie thomas andrew joshua ashley nicole jessica hannah anthony william
  trustno starwars computer internet whatever freedom forever flower summer winter spring autumn monday friday january
  february march april june july august september october november december blink chocolate pokemon liverpool arsenal chelsea
  barcelona manchester juventus america canada london germany samsung google facebook linkedin microsoft apple android
  abc abcd abcde abcdef abcdefg abcdefgh hello helloworld hellohello fuckyou killer hunter pepper ginger buster cookie
  correcthorsebatterystaple companyname company office sesame opensesame gatehouse`.split(/\s+/),
)
/** Rows of keyboards and alphabets, along which fingers run. */
export const RUNS: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
]
