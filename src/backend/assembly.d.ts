/** AssemblyScript's types in assembly/abi.ts, as TypeScript sees them. */
type i32 = number;
type u32 = number;
type usize = number;
type f32 = number;
