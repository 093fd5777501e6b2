"""The form's shape, shared by its writer and its reader: places, typed cells, check figure."""
