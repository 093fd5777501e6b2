"""The form's shape, shared by its writer and its reader: places, meaning of cells, check figure."""
