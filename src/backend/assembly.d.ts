/** The types of assembly/abi.ts, as TypeScript knows them. */
type i32 = number;
type u32 = number;
type usize = number;
type f32 = number;
