/** SQLSTATE by which the database refuses an effect that another try may bring: serialization_failure. */
export const TRY_AGAIN = '40001'
